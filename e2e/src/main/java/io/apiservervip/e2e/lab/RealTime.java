package io.apiservervip.e2e.lab;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Real-time scheduling for the witnesses (client, servers, address monitors), below the agent's own
 * priority: what they see is then the routers' doing and not that of a busy machine. Where the
 * machine refuses it, they run as everything else does, and one line says so.
 */
public final class RealTime {
  /** The agent's loop has 20. */
  private static final int PRIORITY = 10;

  private static final Optional<String> REFUSED = refusal();

  private RealTime() {}

  /** Gives the calling thread real-time scheduling. */
  public static void begin() {
    if (REFUSED.isPresent()) {
      return;
    }
    try {
      LibC.scheduleRealTime(PRIORITY);
    } catch (IOException e) {
      System.err.println("witnesses without real-time scheduling: " + e.getMessage());
    }
  }

  /** Words to put before a command. */
  static List<String> prefix() {
    return REFUSED.isPresent() ? List.of() : List.of("chrt", "-r", String.valueOf(PRIORITY));
  }

  private static Optional<String> refusal() {
    try {
      Shell.run(List.of("chrt", "-r", String.valueOf(PRIORITY), "true"));
      return Optional.empty();
    } catch (IOException e) {
      System.err.println("witnesses without real-time scheduling: " + e.getMessage());
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
