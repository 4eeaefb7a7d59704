package io.apiservervip.e2e.router;

import java.nio.file.Path;

/** How much of a long test is run: all of it with {@code -Dcampaign=full}, else a sample. */
public final class Campaign {
  public static final boolean FULL = System.getProperty("campaign", "").equals("full");

  private Campaign() {}

  public static int rounds(int sample, int full) {
    return FULL ? full : sample;
  }

  public static String name() {
    return FULL ? "full" : "sample";
  }

  /** The agent of this repository. */
  public static AgentProgram agent() {
    return AgentProgram.in(Path.of(System.getProperty("repository.root", "..")).toAbsolutePath());
  }

  /** One line with the figures of a campaign. */
  public static void report(String what, String figures) {
    System.out.println("CAMPAIGN " + what + " (" + name() + "): " + figures);
  }
}
