package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.util.Set;

/** Port: opens the other ports; what it opens is polled by the {@link LoopWaiter} until closed. */
public interface HostNetwork extends AutoCloseable {
  /** The waiter; one for the life of this object. */
  LoopWaiter waiter();

  /** The link and address watcher; one for the life of this object. */
  LinkWatcher links();

  /** The address table; one for the life of this object. */
  AddressTable addresses();

  /**
   * Opens raw sockets on an interface.
   *
   * @param multicast joins the groups; otherwise listens for packets sent to {@code sources}
   * @param sources this host's own address by family, one each
   * @throws OperatingException EPERM where CAP_NET_RAW is missing
   */
  AdvertisementChannel openChannel(
      NetworkInterfaceState link, Set<Family> families, boolean multicast, Set<InetAddress> sources)
      throws OperatingException;

  /** Opens the ARP and neighbour discovery sockets of an interface. */
  NeighborAnnouncer openAnnouncer(NetworkInterfaceState link, Set<Family> families)
      throws OperatingException;

  /**
   * Puts the calling thread under SCHED_RR.
   *
   * @return 0 or the errno (EPERM without CAP_SYS_NICE)
   */
  int makeRealTime();

  @Override
  void close();
}
