package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.NetworkInterfaceState;
import io.apiservervip.agent.router.OperatingException;
import io.apiservervip.agent.router.ReceivedDatagram;
import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The raw socket (raw(7)) that sends the adverts of one family on one interface; a filter drops all
 * that it would receive. Loop thread.
 */
final class RawSender implements AutoCloseable {
  private static final int MSG_DONTROUTE = 4;
  private static final int CLASS_CS6 = 0xc0;

  private final Kernel kernel;
  private final int interfaceIndex;
  private final Family family;
  private final Descriptor descriptor;
  private final MessageHeader message;
  private int id;

  private RawSender(
      Kernel kernel, NetworkInterfaceState link, Family family, Descriptor descriptor) {
    this.kernel = kernel;
    this.interfaceIndex = link.index();
    this.family = family;
    this.descriptor = descriptor;
    this.message = new MessageHeader(kernel, ReceivedDatagram.CAPACITY);
  }

  static RawSender open(Kernel kernel, NetworkInterfaceState link, Family family)
      throws OperatingException {
    Descriptor descriptor = RawReceiver.rawSocket(kernel, link, family);
    try {
      descriptor.filter(BpfProgram.dropAll());
      descriptor.option(SocketOption.SO_RCVBUF, 0);
      switch (family) {
        case IPV4 -> {
          descriptor.option(SocketOption.IP_HDRINCL, 1);
          descriptor.option(SocketOption.IP_TOS, CLASS_CS6);
          descriptor.option(SocketOption.IP_TTL, 255);
          descriptor.option(SocketOption.IP_MULTICAST_TTL, 255);
          descriptor.option(SocketOption.IP_MULTICAST_LOOP, 0);
          descriptor.option(
              SocketOption.IP_MULTICAST_IF, SocketAddressCodec.multicastInterface(link.index()));
        }
        case IPV6 -> {
          descriptor.option(SocketOption.IPV6_TCLASS, CLASS_CS6);
          descriptor.option(SocketOption.IPV6_UNICAST_HOPS, 255);
          descriptor.option(SocketOption.IPV6_MULTICAST_HOPS, 255);
          descriptor.option(SocketOption.IPV6_MULTICAST_LOOP, 0);
          descriptor.option(SocketOption.IPV6_MULTICAST_IF, link.index());
        }
      }
      // after IP_TOS, which sets a priority of its own (ip(7))
      descriptor.option(SocketOption.SO_PRIORITY, 6);
      return new RawSender(kernel, link, family, descriptor);
    } catch (OperatingException e) {
      descriptor.close();
      throw e;
    }
  }

  /** Sends one VRRP message; returns 0 or the errno. */
  int send(InetAddress source, InetAddress destination, ByteBuffer vrrp) {
    if (descriptor.number() < 0) {
      return Errno.EBADF.number();
    }
    int header = family == Family.IPV4 ? Ipv4HeaderCodec.LENGTH : 0;
    ByteBuffer data = message.data();
    data.clear();
    if (vrrp.remaining() > data.capacity() - header) {
      return Errno.EMSGSIZE.number();
    }
    int controlLength = 0;
    if (family == Family.IPV4) {
      id = id == 0xffff ? 1 : id + 1;
      Ipv4HeaderCodec.write(data, id, source, destination);
    } else {
      controlLength = ControlMessageCodec.writeSource(message.control(), source, interfaceIndex);
    }
    data.put(header, vrrp, vrrp.position(), vrrp.remaining());
    int nameLength =
        SocketAddressCodec.writeInternet(message.name(), destination, scope(destination));
    message.prepareSend(nameLength, controlLength, header + vrrp.remaining());
    int flags = destination.isMulticastAddress() ? MSG_DONTROUTE : 0;
    long sent = kernel.libc().sendmsg(descriptor.number(), message.address(), flags);
    return sent < 0 ? kernel.errno() : 0;
  }

  private int scope(InetAddress destination) {
    return destination.isMulticastAddress() || destination.isLinkLocalAddress()
        ? interfaceIndex
        : 0;
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
