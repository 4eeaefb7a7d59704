package io.apiservervip.agent.linux;

import io.apiservervip.agent.preflight.SegmentTap;
import io.apiservervip.agent.router.AddressTable;
import io.apiservervip.agent.router.AdvertisementChannel;
import io.apiservervip.agent.router.HostNetwork;
import io.apiservervip.agent.router.LinkWatcher;
import io.apiservervip.agent.router.LoopWaiter;
import io.apiservervip.agent.router.NeighborAnnouncer;
import io.apiservervip.agent.router.NetworkInterfaceState;
import io.apiservervip.agent.router.OperatingException;
import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Set;

/** The network namespace of the thread that opens this, through Linux sockets. */
public final class LinuxHostNetwork implements HostNetwork {
  private static final int SCHED_RR = 2;
  private static final int SCHED_RESET_ON_FORK = 0x40000000;
  private static final int REAL_TIME_PRIORITY = 20;

  private final Kernel kernel;
  private final PollLoopWaiter waiter;
  private final NetlinkLinkWatcher links;
  private final NetlinkAddressTable addresses;

  private LinuxHostNetwork(
      Kernel kernel,
      PollLoopWaiter waiter,
      NetlinkLinkWatcher links,
      NetlinkAddressTable addresses) {
    this.kernel = kernel;
    this.waiter = waiter;
    this.links = links;
    this.addresses = addresses;
  }

  /**
   * Binds the C library and opens the waiter and the rtnetlink sockets.
   *
   * @throws OperatingException naming the call that failed
   */
  public static LinuxHostNetwork open() throws OperatingException {
    Kernel kernel = Kernel.load();
    PollLoopWaiter waiter = PollLoopWaiter.open(kernel);
    try {
      NetlinkLinkWatcher links = NetlinkLinkWatcher.open(kernel, waiter);
      try {
        return new LinuxHostNetwork(kernel, waiter, links, NetlinkAddressTable.open(kernel));
      } catch (OperatingException e) {
        links.close();
        throw e;
      }
    } catch (OperatingException e) {
      waiter.close();
      throw e;
    }
  }

  @Override
  public LoopWaiter waiter() {
    return waiter;
  }

  @Override
  public LinkWatcher links() {
    return links;
  }

  @Override
  public AddressTable addresses() {
    return addresses;
  }

  @Override
  public AdvertisementChannel openChannel(
      NetworkInterfaceState link, Set<Family> families, boolean multicast, Set<InetAddress> sources)
      throws OperatingException {
    Set<InetAddress> listen = new LinkedHashSet<>(multicast ? Set.of() : sources);
    if (multicast) {
      families.forEach(family -> listen.add(family.multicastGroup()));
    }
    return RawAdvertisementChannel.open(kernel, waiter, link, families, listen);
  }

  @Override
  public NeighborAnnouncer openAnnouncer(NetworkInterfaceState link, Set<Family> families)
      throws OperatingException {
    return PacketNeighborAnnouncer.open(kernel, waiter, link, families);
  }

  /** Opens what sees IP protocol 112 on an interface before this host's filters do. */
  public SegmentTap openTap(NetworkInterfaceState link, Set<Family> families)
      throws OperatingException {
    return PacketTap.open(kernel, waiter, link, families);
  }

  @Override
  public int makeRealTime() {
    NativeMemory priority = NativeMemory.allocate(kernel, 4);
    priority.bytes.putInt(0, REAL_TIME_PRIORITY);
    int policy = SCHED_RR | SCHED_RESET_ON_FORK;
    return kernel.libc().sched_setscheduler(0, policy, priority.address) < 0 ? kernel.errno() : 0;
  }

  @Override
  public void close() {
    addresses.close();
    links.close();
    waiter.close();
  }
}
