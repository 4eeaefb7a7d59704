package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.NetworkInterfaceState;
import io.apiservervip.agent.router.OperatingException;
import io.apiservervip.agent.vrrp.Family;
import java.nio.ByteBuffer;
import java.util.Collection;

/**
 * A packet socket (packet(7)) of one Ethertype on one interface, whose filter in the kernel passes
 * claims for the watched addresses only, so that the load of the segment wakes nobody.
 */
final class NeighborSocket implements AutoCloseable {
  private static final int SOCK_RAW = 3;
  private static final int FRAME = 2048;
  private static final int RECEIVE_BUFFER = 64 * 1024;

  private final Kernel kernel;
  private final Family family;
  private final Descriptor descriptor;
  private final NativeMemory frame;

  private NeighborSocket(Kernel kernel, Family family, Descriptor descriptor) {
    this.kernel = kernel;
    this.family = family;
    this.descriptor = descriptor;
    this.frame = NativeMemory.allocate(kernel, FRAME);
  }

  static NeighborSocket open(Kernel kernel, NetworkInterfaceState link, Family family)
      throws OperatingException {
    Descriptor descriptor =
        Descriptor.socket(
            kernel,
            SocketAddressCodec.AF_PACKET,
            SOCK_RAW | Descriptor.NONBLOCK,
            0,
            "socket(AF_PACKET, SOCK_RAW)",
            "on " + link.name());
    try {
      descriptor.filter(BpfProgram.dropAll());
      descriptor.option(SocketOption.SO_RCVBUF, RECEIVE_BUFFER);
      descriptor.option(SocketOption.SO_PRIORITY, 6);
      int etherType = family == Family.IPV4 ? 0x0806 : 0x86dd;
      descriptor.bind(SocketAddressCodec.packet(etherType, link.index()), "AF_PACKET");
      return new NeighborSocket(kernel, family, descriptor);
    } catch (OperatingException e) {
      descriptor.close();
      throw e;
    }
  }

  int number() {
    return descriptor.number();
  }

  /**
   * Replaces the filter. Where the kernel has no room for it (ENOMEM, net.core.optmem_max), one
   * that passes every claim takes its place: the addresses are then told apart in this process.
   *
   * @return 0 or the errno, when it took neither and the former one stays
   */
  int watch(Collection<byte[]> addresses) {
    BpfProgram narrow =
        switch (family) {
          case IPV4 -> BpfProgram.arpFrom(addresses);
          case IPV6 -> BpfProgram.advertisementsOf(addresses);
        };
    int errno = descriptor.tryFilter(narrow);
    return errno == 0 ? 0 : descriptor.tryFilter(BpfProgram.anyClaim(family));
  }

  /** Sends one Ethernet frame; returns 0 or the errno. */
  int send(byte[] ethernetFrame) {
    frame.bytes.clear().put(0, ethernetFrame);
    long sent = kernel.libc().sendto(number(), frame.address, ethernetFrame.length, 0, 0, 0);
    return sent < 0 ? kernel.errno() : 0;
  }

  /** The next frame, valid until the next call of this object; empty when there is none. */
  ByteBuffer receive() {
    long length = kernel.libc().read(number(), frame.address, FRAME);
    return frame.bytes.clear().limit((int) Math.max(0, Math.min(length, FRAME)));
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
