package io.apiservervip.agent.config;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The document in file mode: the manifest, unless the state directory holds a copy of the
 * operator's document, which outranks it while it exists. Main thread.
 */
public final class FileDocumentSource implements DocumentSource {

  private final Path path;
  private final FileConfigSource file;
  private final Path stateDir;
  private @Nullable LastGoodCopy copy;
  private @Nullable Poll lastOfFile;
  private boolean copyInForce;

  public FileDocumentSource(Path path, Path stateDir) {
    this.path = path;
    this.file = new FileConfigSource(path);
    this.stateDir = stateDir;
  }

  @Override
  public String path() {
    return path.toString();
  }

  @Override
  public Poll poll() {
    Poll fromFile = fromFile();
    LastGoodCopy known = copy;
    if (known == null || !known.present()) {
      boolean dropped = copyInForce;
      copyInForce = false;
      return dropped && lastOfFile != null ? lastOfFile : fromFile;
    }
    if (copyInForce) {
      return new Same();
    }
    return switch (known.read()) {
      case LastGoodCopy.Found(AgentConfig config) -> {
        copyInForce = true;
        yield new Good(config, Origin.COPY);
      }
      case LastGoodCopy.Absent _ -> fromFile;
      case LastGoodCopy.Unusable(List<Problem> _) -> fromFile;
    };
  }

  private Poll fromFile() {
    return switch (file.poll()) {
      case FileConfigSource.Unchanged _ -> new Same();
      case FileConfigSource.Changed(Reading<AgentConfig> reading) -> remember(judged(reading));
    };
  }

  private Poll judged(Reading<AgentConfig> reading) {
    return switch (reading) {
      case Reading.Refused<AgentConfig>(List<Problem> problems) ->
          new Bad(problems.stream().map(Problem::line).toList());
      case Reading.Accepted<AgentConfig>(AgentConfig config, List<String> _) ->
          new Good(config, Origin.FILE);
    };
  }

  private Poll remember(Poll poll) {
    lastOfFile = poll;
    if (copy == null && poll instanceof Good(AgentConfig config, Origin _)) {
      copy = new LastGoodCopy(stateDir, config.name());
    }
    return poll;
  }
}
