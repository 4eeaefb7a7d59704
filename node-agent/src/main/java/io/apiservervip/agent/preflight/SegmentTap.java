package io.apiservervip.agent.preflight;

import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Port: what reaches an interface with IP protocol 112, and what ICMP says of what was sent, before
 * any filter of this host sees it.
 */
public interface SegmentTap extends AutoCloseable {

  /** What was seen. */
  sealed interface Seen {}

  /**
   * A packet of IP protocol 112.
   *
   * @param payload what stands behind the IP header
   */
  record Packet(Family family, InetAddress source, InetAddress destination, ByteBuffer payload)
      implements Seen {}

  /**
   * ICMP: a packet of IP protocol 112 did not get to where it was sent.
   *
   * @param from who says so
   * @param destination where it was sent
   * @param type 3 over IPv4; 1 or 4 over IPv6
   */
  record Unreachable(Family family, InetAddress from, InetAddress destination, int type, int code)
      implements Seen {

    /** Whether it arrived, and nobody there listens for protocol 112. */
    boolean arrived() {
      boolean nobody =
          switch (family) {
            case IPV4 -> type == 3 && code == 2;
            case IPV6 -> type == 4 && code == 1;
          };
      return nobody && from.equals(destination);
    }
  }

  /** Hands over what has arrived, at most 256 packets of each family; never waits. */
  void drain(Consumer<Seen> sink);

  @Override
  void close();
}
