package io.apiservervip.agentapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writer and strict reader of {@link AgentConfig}. What was written is read back equal; JSON is
 * read too. The text holds the password of version 2, so it belongs in a file of mode 0600 or a
 * Secret.
 */
public final class AgentConfigCodec {
  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  private AgentConfigCodec() {}

  /** The document as YAML. */
  public static String write(AgentConfig config) {
    StringWriter text = new StringWriter();
    try (YAMLGenerator yaml = YAML.createGenerator(text)) {
      RecordWriter.write(config, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** The document, or what is wrong with it; throws nothing for any text. */
  public static Reading<AgentConfig> read(String text) {
    return switch (DocumentParser.parse(text)) {
      case Reading.Refused<ObjectNode>(List<Problem> problems) -> new Reading.Refused<>(problems);
      case Reading.Accepted<ObjectNode>(ObjectNode root, List<String> notes) ->
          RecordReader.read(root, AgentConfig.class);
    };
  }
}
