package io.apiservervip.agentapi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the problems of one document, at most {@value #LIMIT}; not safe across threads. */
final class Problems {
  static final int LIMIT = 50;

  private final List<Problem> found = new ArrayList<>();

  void add(String path, String message) {
    add(path, null, message);
  }

  void add(String path, @Nullable String subject, String message) {
    if (found.size() < LIMIT) {
      found.add(new Problem(path, subject, message));
    } else if (found.size() == LIMIT) {
      found.add(Problem.of("", "further problems are not listed; mend these first"));
    }
  }

  /** Adds the problem where the condition does not hold. */
  void unless(boolean holds, String path, @Nullable String subject, String message) {
    if (!holds) {
      add(path, subject, message);
    }
  }

  boolean none() {
    return found.isEmpty();
  }

  List<Problem> list() {
    return List.copyOf(found);
  }
}
