package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Port: the raw VRRP sockets of one interface (IP protocol 112), one pair a family. All calls from
 * the loop thread; none waits.
 */
public interface AdvertisementChannel extends AutoCloseable {
  /**
   * Sends one VRRP message with TTL or hop limit 255 and class CS6 from {@code source}.
   *
   * @param message position to limit; unchanged
   * @return 0 or the errno
   */
  int send(Family family, InetAddress source, InetAddress destination, ByteBuffer message);

  /**
   * Takes the next datagram from the receive queues.
   *
   * @return false when they are empty
   */
  boolean receive(ReceivedDatagram into);

  @Override
  void close();
}
