package io.apiservervip.agent.vrrp;

import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is who on the link of one virtual router, in its family.
 *
 * @param ownAddresses every address of the interface; a packet from one of them is not a peer's
 * @param members whom to listen to; null for anyone
 */
public record Segment(
    Cast cast, Set<InetAddress> ownAddresses, @Nullable Set<InetAddress> members) {
  public Segment {
    ownAddresses = Set.copyOf(ownAddresses);
    members = members == null ? null : Set.copyOf(members);
  }

  /** A segment where every sender may be a member. */
  public static Segment openToAnyone(Cast cast, Set<InetAddress> ownAddresses) {
    return new Segment(cast, ownAddresses, null);
  }

  boolean admits(InetAddress source) {
    return members == null || members.contains(source);
  }
}
