package io.apiservervip.e2e.router;

import java.nio.file.Path;

/** How much of a long test is run: all of it with {@code -Dcampaign=full}, else a sample. */
final class Campaign {
  static final boolean FULL = System.getProperty("campaign", "").equals("full");

  private Campaign() {}

  static int rounds(int sample, int full) {
    return FULL ? full : sample;
  }

  static String name() {
    return FULL ? "full" : "sample";
  }

  /** The agent of this repository. */
  static AgentProgram agent() {
    return AgentProgram.in(Path.of(System.getProperty("repository.root", "..")).toAbsolutePath());
  }

  /** One line with the figures of a campaign. */
  static void report(String what, String figures) {
    System.out.println("CAMPAIGN " + what + " (" + name() + "): " + figures);
  }
}
