package io.apiservervip.agentapi;

import java.util.List;

/** What came of reading or resolving a document: a value, or everything that is wrong with it. */
public sealed interface Reading<T> {

  /**
   * The document is good.
   *
   * @param notes lines that a user should know and that stop nothing
   */
  record Accepted<T>(T value, List<String> notes) implements Reading<T> {
    public Accepted {
      notes = List.copyOf(notes);
    }
  }

  /** The document is bad as a whole; there is at least one problem. */
  record Refused<T>(List<Problem> problems) implements Reading<T> {
    public Refused {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a refusal needs a problem");
      }
    }
  }

  static <T> Reading<T> accepted(T value) {
    return new Accepted<>(value, List.of());
  }

  static <T> Reading<T> refused(String path, String message) {
    return new Refused<>(List.of(Problem.of(path, message)));
  }
}
