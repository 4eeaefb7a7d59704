package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.MacAddress;
import io.apiservervip.agent.router.NeighborAnnouncer;
import io.apiservervip.agent.router.NetworkInterfaceState;
import io.apiservervip.agent.router.OperatingException;
import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * ARP and neighbour discovery over packet sockets, one a family; without any on an interface with
 * IFF_NOARP, where every call does nothing. Loop thread.
 */
final class PacketNeighborAnnouncer implements NeighborAnnouncer {
  private static final int MOST_WATCHED = 16;
  private static final int MOST_FRAMES_A_FAMILY = 32;

  private final PollLoopWaiter waiter;
  private final MacAddress mac;
  private final ForwardingSetting forwarding;
  private final Map<Family, NeighborSocket> sockets;
  private List<InetAddress> watched = List.of();
  private int watchErrno;

  private PacketNeighborAnnouncer(
      PollLoopWaiter waiter,
      NetworkInterfaceState link,
      ForwardingSetting forwarding,
      Map<Family, NeighborSocket> sockets) {
    this.waiter = waiter;
    this.mac = link.mac();
    this.forwarding = forwarding;
    this.sockets = sockets;
  }

  static PacketNeighborAnnouncer open(
      Kernel kernel, PollLoopWaiter waiter, NetworkInterfaceState link, Set<Family> families)
      throws OperatingException {
    Map<Family, NeighborSocket> sockets = new EnumMap<>(Family.class);
    try {
      for (Family family : link.noArp() ? Set.<Family>of() : families) {
        sockets.put(family, NeighborSocket.open(kernel, link, family));
      }
    } catch (OperatingException e) {
      sockets.values().forEach(NeighborSocket::close);
      throw e;
    }
    sockets.values().forEach(socket -> waiter.add(socket.number()));
    return new PacketNeighborAnnouncer(waiter, link, ForwardingSetting.of(link.name()), sockets);
  }

  @Override
  public int announce(InetAddress address) {
    NeighborSocket socket = sockets.get(Family.of(address));
    if (socket == null) {
      return 0;
    }
    return switch (Family.of(address)) {
      case IPV4 -> {
        int errno =
            socket.send(
                NeighborFrameCodec.gratuitousArp(NeighborFrameCodec.ARP_REQUEST, mac, address));
        yield errno != 0
            ? errno
            : socket.send(
                NeighborFrameCodec.gratuitousArp(NeighborFrameCodec.ARP_REPLY, mac, address));
      }
      case IPV6 ->
          socket.send(NeighborFrameCodec.advertisement(mac, address, forwarding.enabled()));
    };
  }

  @Override
  public int probe(InetAddress target, InetAddress source) {
    NeighborSocket socket = sockets.get(Family.of(target));
    if (socket == null) {
      return 0;
    }
    return switch (Family.of(target)) {
      case IPV4 -> socket.send(NeighborFrameCodec.arpRequest(mac, source, target));
      case IPV6 -> socket.send(NeighborFrameCodec.solicitation(mac, source, target));
    };
  }

  @Override
  public int watch(Collection<InetAddress> addresses) {
    if (addresses.size() > MOST_WATCHED) {
      throw new IllegalArgumentException("at most 16 addresses, not " + addresses.size());
    }
    List<InetAddress> wanted = List.copyOf(addresses);
    if (watchErrno == 0 && wanted.equals(watched)) {
      return 0;
    }
    watched = wanted;
    watchErrno = 0;
    sockets.forEach(
        (family, socket) -> {
          int errno =
              socket.watch(
                  wanted.stream()
                      .filter(address -> Family.of(address) == family)
                      .map(InetAddress::getAddress)
                      .toList());
          watchErrno = errno == 0 ? watchErrno : errno;
        });
    return watchErrno;
  }

  @Override
  public void drain(BiConsumer<InetAddress, MacAddress> sink) {
    for (NeighborSocket socket : sockets.values()) {
      drain(socket, sink);
    }
  }

  private void drain(NeighborSocket socket, BiConsumer<InetAddress, MacAddress> sink) {
    for (int i = 0; i < MOST_FRAMES_A_FAMILY; i++) {
      ByteBuffer frame = socket.receive();
      if (!frame.hasRemaining()) {
        return;
      }
      InetAddress claimed = ClaimCodec.claimed(frame, watched);
      if (claimed != null && !ClaimCodec.station(frame).equals(mac)) {
        sink.accept(claimed, ClaimCodec.station(frame));
      }
    }
  }

  @Override
  public void close() {
    for (NeighborSocket socket : sockets.values()) {
      waiter.remove(socket.number());
      socket.close();
    }
    sockets.clear();
  }
}
