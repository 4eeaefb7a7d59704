package io.apiservervip.agent;

import io.apiservervip.agent.config.FileConfigSource;
import io.apiservervip.agent.config.LastGoodCopy;
import io.apiservervip.agent.observe.AgentView;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the document comes from in file mode: the manifest, unless the state directory holds a copy
 * of the operator's document, which outranks it while it exists. Main thread.
 */
final class DocumentSource {

  /** What a look at the sources found. */
  sealed interface Poll {}

  /** Nothing new. */
  record Same() implements Poll {}

  /** A document that cannot be used, a line for each fault. */
  record Bad(List<String> lines) implements Poll {
    Bad {
      lines = List.copyOf(lines);
    }
  }

  /** A document to run from. */
  record Good(AgentConfig config, AgentView.Source origin) implements Poll {}

  private final Path path;
  private final FileConfigSource file;
  private final Path stateDir;
  private @Nullable LastGoodCopy copy;
  private @Nullable Poll lastOfFile;
  private boolean copyInForce;

  DocumentSource(Path path, Path stateDir) {
    this.path = path;
    this.file = new FileConfigSource(path);
    this.stateDir = stateDir;
  }

  String path() {
    return path.toString();
  }

  Poll poll() {
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
        yield new Good(config, AgentView.Source.COPY);
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
          new Good(config, AgentView.Source.FILE);
    };
  }

  private Poll remember(Poll poll) {
    lastOfFile = poll;
    if (copy == null && poll instanceof Good(AgentConfig config, AgentView.Source _)) {
      copy = new LastGoodCopy(stateDir, config.name());
    }
    return poll;
  }
}
