package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.AddressTable;
import io.apiservervip.agent.router.OperatingException;
import io.apiservervip.agent.router.VirtualAddress;

/** Addresses set by rtnetlink, one acknowledged request at a time. Any thread; callers queue. */
final class NetlinkAddressTable implements AddressTable {
  private static final int TIMEOUT_SECONDS = 5;

  private final NetlinkSocket socket;
  private int sequence;

  private NetlinkAddressTable(NetlinkSocket socket) {
    this.socket = socket;
  }

  static NetlinkAddressTable open(Kernel kernel) throws OperatingException {
    return new NetlinkAddressTable(
        NetlinkSocket.requesting(kernel, NetlinkProtocol.ROUTE, TIMEOUT_SECONDS));
  }

  @Override
  public synchronized void put(int interfaceIndex, VirtualAddress address, int lifetimeSeconds)
      throws OperatingException {
    int errno =
        socket.ask(
            NetlinkCodec.put(interfaceIndex, address, lifetimeSeconds, ++sequence), sequence);
    if (errno != 0 && !Errno.EEXIST.is(errno)) {
      throw failure("RTM_NEWADDR", interfaceIndex, address, errno);
    }
  }

  @Override
  public synchronized boolean remove(int interfaceIndex, VirtualAddress address)
      throws OperatingException {
    int errno = socket.ask(NetlinkCodec.remove(interfaceIndex, address, ++sequence), sequence);
    if (Errno.EADDRNOTAVAIL.is(errno) || Errno.ENODEV.is(errno)) {
      return false;
    }
    if (errno != 0) {
      throw failure("RTM_DELADDR", interfaceIndex, address, errno);
    }
    return true;
  }

  private static OperatingException failure(
      String call, int interfaceIndex, VirtualAddress address, int errno) {
    String object =
        address.address().getHostAddress()
            + "/"
            + address.prefixLength()
            + " on interface "
            + interfaceIndex;
    return Kernel.failure(call, object, errno, "CAP_NET_ADMIN");
  }

  @Override
  public synchronized void close() {
    socket.close();
  }
}
