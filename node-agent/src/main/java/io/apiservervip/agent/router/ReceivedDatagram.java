package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A reusable holder for one received IP datagram of protocol 112; owned by the loop thread, so that
 * receiving allocates next to nothing.
 */
public final class ReceivedDatagram {
  /** Largest VRRP message: 8 bytes, 255 IPv6 addresses, authentication data or trailer. */
  public static final int CAPACITY = 4608;

  /** The family of the socket. */
  public Family family = Family.IPV4;

  /** Sender; null where the header was too short to name it. */
  public @Nullable InetAddress source;

  /** Destination, from the header or IPV6_PKTINFO. */
  public @Nullable InetAddress destination;

  /** TTL or hop limit; -1 where unknown. */
  public int ttl;

  /** Nanoseconds that the datagram waited in the receive queue, by the kernel's timestamp. */
  public long ageNanos;

  /** The IPv4 datagram with its header, or the IPv6 payload; position 0, limit at the end. */
  public final ByteBuffer packet = ByteBuffer.allocate(CAPACITY);
}
