package io.apiservervip.agent.router;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the router loop shows to the world: an immutable snapshot, replaced whole, read from any
 * thread.
 *
 * @param since wall clock of the last role change
 * @param reason why the role is what it is, a sentence; never empty
 * @param interfaceName null until one is found
 * @param activeSource source address of the Active that is heard, or our own; null while unknown
 * @param addressOwned the kernel holds every virtual address for us
 * @param peers configured members but ourselves, and others that were heard in this group
 * @param splitBrain the verdict with its likely cause, null where there is none
 */
public record RouterStatus(
    Role role,
    Instant since,
    String reason,
    @Nullable String interfaceName,
    @Nullable MacAddress mac,
    int priority,
    int effectivePriority,
    @Nullable InetAddress activeSource,
    boolean addressOwned,
    long transitions,
    List<Peer> peers,
    List<MacAddress> answeringMacs,
    @Nullable String splitBrain,
    List<String> warnings) {
  public RouterStatus {
    peers = List.copyOf(peers);
    answeringMacs = List.copyOf(answeringMacs);
    warnings = List.copyOf(warnings);
  }

  /**
   * One other router of the group.
   *
   * @param node the member's node name, or its address where it is no member
   * @param lastHeard wall clock of its last accepted advert; null if never
   * @param heard an advert of it was accepted within the last four of its intervals; false for a
   *     Backup, which is silent by nature: {@code lastHeard} tells when the way from it was last
   *     seen to work
   * @param priority as in its last advert, -1 if never heard
   */
  public record Peer(
      String node, InetAddress address, boolean heard, @Nullable Instant lastHeard, int priority) {}
}
