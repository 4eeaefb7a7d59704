package io.apiservervip.agent.config;

import io.apiservervip.agentapi.AgentConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the agent's document comes from. Its methods are called by the main thread. */
public interface DocumentSource extends AutoCloseable {

  /** What a look at the source found. */
  sealed interface Poll {}

  /** Nothing new. */
  record Same() implements Poll {}

  /** A document that cannot be used, a line for each fault. */
  record Bad(List<String> lines) implements Poll {
    public Bad {
      lines = List.copyOf(lines);
    }
  }

  /** A document to run from. */
  record Good(AgentConfig config, Origin origin) implements Poll {}

  /** Where a document came from. */
  enum Origin {
    FILE("file"),
    /** The last good document, kept in the state directory. */
    COPY("copy"),
    /** The operator's ConfigMap or Secret. */
    CLUSTER("cluster"),
    /** There is none yet: the agent waits for its first one. */
    NONE("none");

    private final String text;

    Origin(String text) {
      this.text = text;
    }

    /** The word in the status. */
    public String text() {
      return text;
    }
  }

  /** What people know the source by: a file's path, or kind, namespace and name. */
  String path();

  /** Looks at the source; it waits for no network. */
  Poll poll();

  /** What the agent waits for while it has no document, a sentence; null where it has one. */
  default @Nullable String waiting() {
    return null;
  }

  /**
   * Begins to follow what {@link #poll} alone does not.
   *
   * @param changed called from any thread when a poll would find something
   */
  default void start(Runnable changed) {}

  @Override
  default void close() {}
}
