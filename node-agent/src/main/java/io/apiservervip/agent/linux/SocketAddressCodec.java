package io.apiservervip.agent.linux;

import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes the structures sockaddr_* and *_mreq that socket calls take. */
final class SocketAddressCodec {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int AF_NETLINK = 16;
  static final int AF_PACKET = 17;

  /** Largest sockaddr written here, that of IPv6. */
  static final int LONGEST = 28;

  private SocketAddressCodec() {}

  /** The address as sockaddr_in (ip(7)) or sockaddr_in6 (ipv6(7)), port 0. */
  static byte[] internet(InetAddress address, int interfaceIndex) {
    byte[] out = new byte[Family.of(address) == Family.IPV4 ? 16 : LONGEST];
    writeInternet(ByteBuffer.wrap(out).order(ByteOrder.nativeOrder()), address, interfaceIndex);
    return out;
  }

  /** Writes the same at position 0 of a buffer in native order; returns its length. */
  static int writeInternet(ByteBuffer out, InetAddress address, int interfaceIndex) {
    return switch (Family.of(address)) {
      case IPV4 -> {
        out.putShort(0, (short) AF_INET).putShort(2, (short) 0);
        out.put(4, address.getAddress()).putLong(8, 0);
        yield 16;
      }
      case IPV6 -> {
        out.putShort(0, (short) AF_INET6).putShort(2, (short) 0).putInt(4, 0);
        out.put(8, address.getAddress()).putInt(24, interfaceIndex);
        yield LONGEST;
      }
    };
  }

  /** The structure sockaddr_nl (netlink(7)), port id chosen by the kernel. */
  static byte[] netlink(int groups) {
    return bytes(
        nativeOrder(12).putShort((short) AF_NETLINK).putShort((short) 0).putInt(0).putInt(groups));
  }

  /** The structure sockaddr_ll (packet(7)) that binds to an Ethertype on an interface. */
  static byte[] packet(int etherType, int interfaceIndex) {
    ByteBuffer out = nativeOrder(20).putShort(0, (short) AF_PACKET).putInt(4, interfaceIndex);
    out.put(2, (byte) (etherType >> 8)).put(3, (byte) etherType);
    return bytes(out);
  }

  /** The structure ip_mreqn (ip(7)) or ipv6_mreq (ipv6(7)). */
  static byte[] membership(InetAddress group, int interfaceIndex) {
    byte[] address = group.getAddress();
    ByteBuffer out = nativeOrder(address.length == 4 ? 12 : 20).put(0, address);
    return bytes(out.putInt(address.length == 4 ? 8 : 16, interfaceIndex));
  }

  /** The structure ip_mreqn that names an interface alone. */
  static byte[] multicastInterface(int interfaceIndex) {
    return bytes(nativeOrder(12).putInt(8, interfaceIndex));
  }

  /** The structure timeval of so many seconds. */
  static byte[] seconds(int seconds) {
    return bytes(nativeOrder(16).putLong(0, seconds));
  }

  private static ByteBuffer nativeOrder(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] out = new byte[buffer.capacity()];
    buffer.get(0, out);
    return out;
  }
}
