package io.apiservervip.agent.router;

import java.net.InetAddress;
import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * Port: ARP (RFC 826) and neighbour discovery (RFC 4861) on the interface that it was opened for.
 * All calls from the loop thread; none waits.
 */
public interface NeighborAnnouncer extends AutoCloseable {
  /** How many addresses can be watched at once. */
  int MAX_WATCHED = 16;

  /**
   * Sends a gratuitous ARP pair (request form and reply form), or one unsolicited neighbour
   * advertisement with the override flag.
   *
   * @return 0 or the errno
   */
  int announce(InetAddress address);

  /**
   * Asks who has {@code target}: a broadcast ARP request from {@code source}, or a neighbour
   * solicitation. Answers arrive through {@link #drain}.
   *
   * @return 0 or the errno
   */
  int probe(InetAddress target, InetAddress source);

  /**
   * The addresses whose claims are of interest; others are filtered in the kernel or dropped.
   *
   * @param addresses at most {@link #MAX_WATCHED}
   * @return 0 or the errno, when claims for them may go unheard
   */
  int watch(Collection<InetAddress> addresses);

  /**
   * Hands over each claim heard since the last call: an ARP packet or neighbour advertisement of
   * another station that says it has the address. At most 32 of each family a call; never waits.
   */
  void drain(BiConsumer<InetAddress, MacAddress> sink);

  @Override
  void close();
}
