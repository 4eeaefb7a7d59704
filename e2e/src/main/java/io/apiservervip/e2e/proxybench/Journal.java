package io.apiservervip.e2e.proxybench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is told of a run while it goes on, on standard error, and what was lost of it. */
final class Journal {
  private final List<String> lost = new ArrayList<>();

  /** What failed, one line each. */
  List<String> lost() {
    return List.copyOf(lost);
  }

  void found(int round, String program, String what, String figures) {
    System.err.printf("[round %d] %-15s %-42s %s%n", round, program, what, figures);
  }

  /** The run goes on without it. */
  void lost(int round, String program, String what, IOException e) {
    String all = String.valueOf(e.getMessage());
    found(round, program, what, "LOST: " + all);
    String why = all.lines().reduce("", (_, last) -> last);
    lost.add("round " + round + ", " + program + ", " + what + ": " + why);
  }
}
