package io.apiservervip.agent.linux;

import io.apiservervip.agent.preflight.SegmentTap;
import io.apiservervip.agent.router.NetworkInterfaceState;
import io.apiservervip.agent.router.OperatingException;
import io.apiservervip.agent.vrrp.Family;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Packet sockets (packet(7)) of one interface that see IP protocol 112 and ICMP before the host's
 * own filters do. Used by one thread.
 */
final class PacketTap implements SegmentTap {
  private static final int SOCK_RAW = 3;
  private static final int FRAME = 8192;
  private static final int RECEIVE_BUFFER = 256 * 1024;
  private static final int MOST_FRAMES = 256;

  private final Kernel kernel;
  private final PollLoopWaiter waiter;
  private final NativeMemory frame;
  private final Map<Family, Descriptor> sockets = new EnumMap<>(Family.class);

  private PacketTap(Kernel kernel, PollLoopWaiter waiter) {
    this.kernel = kernel;
    this.waiter = waiter;
    this.frame = NativeMemory.allocate(kernel, FRAME);
  }

  static PacketTap open(
      Kernel kernel, PollLoopWaiter waiter, NetworkInterfaceState link, Set<Family> families)
      throws OperatingException {
    PacketTap tap = new PacketTap(kernel, waiter);
    try {
      for (Family family : families) {
        tap.add(link, family);
      }
      return tap;
    } catch (OperatingException e) {
      tap.close();
      throw e;
    }
  }

  private void add(NetworkInterfaceState link, Family family) throws OperatingException {
    Descriptor socket =
        Descriptor.socket(
            kernel,
            SocketAddressCodec.AF_PACKET,
            SOCK_RAW | Descriptor.NONBLOCK,
            0,
            "socket(AF_PACKET, SOCK_RAW)",
            "on " + link.name());
    sockets.put(family, socket);
    socket.filter(BpfProgram.protocol112AndUnreachable(family));
    socket.option(SocketOption.SO_RCVBUF, RECEIVE_BUFFER);
    int etherType = family == Family.IPV4 ? 0x0800 : 0x86dd;
    socket.bind(SocketAddressCodec.packet(etherType, link.index()), "AF_PACKET");
    waiter.add(socket.number());
  }

  @Override
  public void drain(Consumer<Seen> sink) {
    sockets.values().forEach(socket -> drain(socket, sink));
  }

  private void drain(Descriptor socket, Consumer<Seen> sink) {
    for (int i = 0; i < MOST_FRAMES; i++) {
      long length = kernel.libc().read(socket.number(), frame.address, FRAME);
      if (length < 0) {
        return;
      }
      Seen seen = TapCodec.read(frame.bytes.clear().limit((int) Math.min(length, FRAME)));
      if (seen != null) {
        sink.accept(seen);
      }
    }
  }

  @Override
  public void close() {
    for (Descriptor socket : sockets.values()) {
      waiter.remove(socket.number());
      socket.close();
    }
    sockets.clear();
  }
}
