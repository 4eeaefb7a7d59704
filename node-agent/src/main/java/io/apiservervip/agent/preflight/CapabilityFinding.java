package io.apiservervip.agent.preflight;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whether this process has the capabilities that the agent needs. Pure. */
public final class CapabilityFinding {
  private static final String CHECK = "capabilities";

  private CapabilityFinding() {}

  /** A capability, and its bit by capabilities(7). */
  private enum Needed {
    NET_BIND_SERVICE(10),
    NET_ADMIN(12),
    NET_RAW(13),
    SYS_NICE(23);

    private final int bit;

    Needed(int bit) {
      this.bit = bit;
    }
  }

  /** Whether raw sockets are allowed. */
  public static boolean raw(long effective) {
    return has(effective, Needed.NET_RAW);
  }

  /** Whether nf_tables are. */
  public static boolean admin(long effective) {
    return has(effective, Needed.NET_ADMIN);
  }

  /**
   * @param effective this process's
   * @param ports on which the agent will listen
   */
  public static Finding of(long effective, Set<Integer> ports) {
    List<Needed> missing =
        Stream.of(Needed.values()).filter(needed -> !has(effective, needed)).toList();
    if (missing.isEmpty()) {
      return Finding.ok(CHECK, "NET_ADMIN, NET_RAW, NET_BIND_SERVICE, SYS_NICE");
    }
    String seen = "without " + String.join(", ", missing.stream().map(Enum::name).toList());
    boolean low = ports.stream().anyMatch(port -> port < 1024);
    boolean needed =
        missing.contains(Needed.NET_ADMIN)
            || missing.contains(Needed.NET_RAW)
            || (low && missing.contains(Needed.NET_BIND_SERVICE));
    return needed
        ? Finding.fail(CHECK, seen, "run it as root, or grant them as the DaemonSet does")
        : Finding.warn(
            CHECK,
            seen,
            "grant them: without SYS_NICE adverts may be late on a busy node, without"
                + " NET_BIND_SERVICE no port below 1024 can be had");
  }

  private static boolean has(long effective, Needed needed) {
    return (effective >>> needed.bit & 1) == 1;
  }
}
