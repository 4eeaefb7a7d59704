package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.NetworkInterfaceState;
import io.apiservervip.agent.router.OperatingException;
import io.apiservervip.agent.router.ReceivedDatagram;
import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The raw socket (raw(7)) that hears the adverts of one family on one interface. Loop thread. */
final class RawReceiver implements AutoCloseable {
  private static final int RECEIVE_BUFFER = 256 * 1024;
  private static final int CLOCK_REALTIME = 0;
  private static final int IPV4_TTL = 8;
  private static final int IPV4_SOURCE = 12;
  private static final int IPV4_DESTINATION = 16;
  private static final int SOCKADDR_IN6_ADDRESS = 8;
  private static final long OLDEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Kernel kernel;
  private final Family family;
  private final Descriptor descriptor;
  private final MessageHeader message;
  private final NativeMemory now;
  private final AddressCache addresses = new AddressCache();

  private RawReceiver(Kernel kernel, Family family, Descriptor descriptor) {
    this.kernel = kernel;
    this.family = family;
    this.descriptor = descriptor;
    this.message = new MessageHeader(kernel, ReceivedDatagram.CAPACITY);
    this.now = NativeMemory.allocate(kernel, 16);
  }

  /**
   * Opens the socket.
   *
   * @param listen the multicast group, which is joined, or this host's own address
   */
  static RawReceiver open(
      Kernel kernel, NetworkInterfaceState link, Family family, InetAddress listen)
      throws OperatingException {
    Descriptor descriptor = rawSocket(kernel, link, family);
    try {
      if (descriptor.tryOption(SocketOption.SO_RCVBUFFORCE, RECEIVE_BUFFER) != 0) {
        descriptor.option(SocketOption.SO_RCVBUF, RECEIVE_BUFFER);
      }
      descriptor.option(SocketOption.SO_TIMESTAMPNS, 1);
      switch (family) {
        case IPV4 -> {
          descriptor.option(SocketOption.IP_MULTICAST_ALL, 0);
          descriptor.option(SocketOption.IP_FREEBIND, 1);
        }
        case IPV6 -> {
          descriptor.option(SocketOption.IPV6_MULTICAST_ALL, 0);
          descriptor.option(SocketOption.IPV6_FREEBIND, 1);
          descriptor.option(SocketOption.IPV6_RECVPKTINFO, 1);
          descriptor.option(SocketOption.IPV6_RECVHOPLIMIT, 1);
        }
      }
      if (listen.isMulticastAddress()) {
        descriptor.option(
            family == Family.IPV4
                ? SocketOption.IP_ADD_MEMBERSHIP
                : SocketOption.IPV6_ADD_MEMBERSHIP,
            SocketAddressCodec.membership(listen, link.index()));
      }
      descriptor.bind(SocketAddressCodec.internet(listen, link.index()), listen.getHostAddress());
      return new RawReceiver(kernel, family, descriptor);
    } catch (OperatingException e) {
      descriptor.close();
      throw e;
    }
  }

  /** A raw socket of IP protocol 112 that is tied to the interface. */
  static Descriptor rawSocket(Kernel kernel, NetworkInterfaceState link, Family family)
      throws OperatingException {
    boolean ipv4 = family == Family.IPV4;
    Descriptor descriptor =
        Descriptor.socket(
            kernel,
            ipv4 ? SocketAddressCodec.AF_INET : SocketAddressCodec.AF_INET6,
            3 | Descriptor.NONBLOCK,
            112,
            ipv4 ? "socket(AF_INET, SOCK_RAW, 112)" : "socket(AF_INET6, SOCK_RAW, 112)",
            "on " + link.name());
    try {
      descriptor.option(
          SocketOption.SO_BINDTODEVICE, (link.name() + '\0').getBytes(StandardCharsets.UTF_8));
      return descriptor;
    } catch (OperatingException e) {
      descriptor.close();
      throw e;
    }
  }

  int number() {
    return descriptor.number();
  }

  /** Takes the next datagram; false when there is none. */
  boolean receive(ReceivedDatagram into) {
    message.prepareReceive();
    long length = kernel.libc().recvmsg(number(), message.address(), 0);
    if (length < 0) {
      return false;
    }
    ByteBuffer data = message.data();
    int limit = (int) Math.min(length, ReceivedDatagram.CAPACITY);
    into.family = family;
    into.packet.clear().put(0, data, 0, limit).limit(limit);
    into.ageNanos = ageNanos();
    switch (family) {
      case IPV4 -> describeIpv4(into, data, limit);
      case IPV6 -> describeIpv6(into);
    }
    return true;
  }

  private void describeIpv4(ReceivedDatagram into, ByteBuffer data, int limit) {
    boolean whole = limit >= Ipv4HeaderCodec.LENGTH;
    into.ttl = whole ? data.get(IPV4_TTL) & 0xff : -1;
    into.source = whole ? addresses.ipv4(data, IPV4_SOURCE) : null;
    into.destination = whole ? addresses.ipv4(data, IPV4_DESTINATION) : null;
  }

  private void describeIpv6(ReceivedDatagram into) {
    ByteBuffer control = message.control();
    int total = message.controlLength();
    into.ttl = ControlMessageCodec.hopLimit(control, total);
    into.source = addresses.ipv6(message.name(), SOCKADDR_IN6_ADDRESS);
    @Nullable InetAddress destination = ControlMessageCodec.destination(control, total, addresses);
    into.destination = destination;
  }

  private long ageNanos() {
    long arrival = ControlMessageCodec.arrivalNanos(message.control(), message.controlLength());
    if (arrival < 0 || kernel.libc().clock_gettime(CLOCK_REALTIME, now.address) < 0) {
      return 0;
    }
    long realtime = now.bytes.getLong(0) * 1_000_000_000L + now.bytes.getLong(8);
    return Math.clamp(realtime - arrival, 0L, OLDEST_NANOS);
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
