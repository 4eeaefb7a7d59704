package io.apiservervip.agent.preflight;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a port that the agent will listen on is free. Pure. */
public final class PortFinding {
  private PortFinding() {}

  /**
   * What is wanted.
   *
   * @param field of the manifest
   * @param addresses on which the agent will listen; a wildcard stands for all
   * @param ours a running agent of the same resource listens there
   */
  public record Wanted(String field, int port, Set<InetAddress> addresses, boolean ours) {
    public Wanted {
      addresses = Set.copyOf(addresses);
    }
  }

  /**
   * @param listening the addresses on which somebody listens at that port
   * @param holder who, as far as it is known
   */
  public static Finding of(
      Wanted wanted, Collection<InetAddress> listening, @Nullable String holder) {
    String check = "port " + wanted.port();
    if (wanted.ours()) {
      return Finding.ok(check, "held by the agent that runs here");
    }
    Set<InetAddress> taken =
        listening.stream()
            .filter(at -> overlaps(at, wanted.addresses()))
            .collect(Collectors.toSet());
    if (taken.isEmpty()) {
      return Finding.ok(check, "free");
    }
    return Finding.fail(
        check,
        (holder == null ? "another process" : holder)
            + " listens on "
            + taken.stream()
                .map(InetAddress::getHostAddress)
                .sorted()
                .collect(Collectors.joining(" ")),
        "set " + wanted.field() + " to a port that is free on every node, or stop that program");
  }

  private static boolean overlaps(InetAddress at, Set<InetAddress> wanted) {
    return at.isAnyLocalAddress()
        || wanted.contains(at)
        || wanted.stream().anyMatch(InetAddress::isAnyLocalAddress);
  }
}
