package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.InterfaceAddress;
import io.apiservervip.agent.router.LinkEvent;
import io.apiservervip.agent.router.MacAddress;
import io.apiservervip.agent.router.NetworkInterfaceState;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads rtnetlink's messages of links and addresses; whatever is malformed or of another kind reads
 * as null.
 *
 * <pre>
 * ifinfomsg family:8 pad:8 type:16 index:32 flags:32 change:32
 * ifaddrmsg family:8 prefixlen:8 flags:8 scope:8 index:32
 * </pre>
 */
final class LinkMessageCodec {
  private static final int IFINFOMSG = 16;
  private static final int IFADDRMSG = 8;
  private static final int IFF_UP = 0x1;
  private static final int IFF_LOOPBACK = 0x8;
  private static final int IFF_RUNNING = 0x40;
  private static final int IFF_NOARP = 0x80;
  private static final int IFF_LOWER_UP = 0x10000;
  private static final int IFA_F_DADFAILED = 0x08;
  private static final int IFA_F_DEPRECATED = 0x20;
  private static final int IFA_F_TENTATIVE = 0x40;
  private static final int RT_SCOPE_HOST = 254;

  private LinkMessageCodec() {}

  /** The event that a message tells of. */
  static @Nullable LinkEvent event(int type, ByteBuffer payload) {
    NetworkInterfaceState link = isLink(type) ? link(payload) : null;
    if (link != null) {
      return type == NetlinkCodec.RTM_NEWLINK
          ? new LinkEvent.InterfaceChanged(link)
          : new LinkEvent.InterfaceGone(link.index(), link.name());
    }
    InterfaceAddress address = isAddress(type) ? address(payload) : null;
    if (address != null) {
      return type == NetlinkCodec.RTM_NEWADDR
          ? new LinkEvent.AddressAdded(address)
          : new LinkEvent.AddressGone(address);
    }
    return null;
  }

  private static boolean isLink(int type) {
    return type == NetlinkCodec.RTM_NEWLINK || type == NetlinkCodec.RTM_DELLINK;
  }

  private static boolean isAddress(int type) {
    return type == NetlinkCodec.RTM_NEWADDR || type == NetlinkCodec.RTM_DELADDR;
  }

  /**
   * A link. Messages of a bridge about its ports carry family AF_BRIDGE and are none: a port that
   * leaves its bridge is announced as RTM_DELLINK although the interface stays.
   */
  private static @Nullable NetworkInterfaceState link(ByteBuffer payload) {
    if (payload.limit() < IFINFOMSG || payload.get(0) != 0) {
      return null;
    }
    RouteAttributes attributes = new RouteAttributes(payload, IFINFOMSG);
    byte[] mac = attributes.bytes(RouteAttributes.IFLA_ADDRESS);
    int flags = payload.getInt(8);
    int running = IFF_RUNNING | IFF_LOWER_UP;
    return new NetworkInterfaceState(
        payload.getInt(4),
        attributes.text(RouteAttributes.IFLA_IFNAME),
        mac == null || mac.length != 6 ? new MacAddress(0) : MacAddress.of(mac),
        (flags & IFF_UP) != 0,
        (flags & running) == running,
        (flags & IFF_NOARP) != 0,
        (flags & IFF_LOOPBACK) != 0);
  }

  private static @Nullable InterfaceAddress address(ByteBuffer payload) {
    if (payload.limit() < IFADDRMSG) {
      return null;
    }
    RouteAttributes attributes = new RouteAttributes(payload, IFADDRMSG);
    byte[] bytes = attributes.bytes(RouteAttributes.IFA_LOCAL);
    InetAddress address =
        internet(
            payload.get(0), bytes == null ? attributes.bytes(RouteAttributes.IFA_ADDRESS) : bytes);
    if (address == null) {
      return null;
    }
    int flags = attributes.number(RouteAttributes.IFA_FLAGS, payload.get(2) & 0xff);
    byte[] protocol = attributes.bytes(RouteAttributes.IFA_PROTO);
    boolean ours =
        protocol != null && protocol.length == 1 && protocol[0] == NetlinkCodec.OUR_PROTOCOL;
    boolean settled = (flags & (IFA_F_DADFAILED | IFA_F_DEPRECATED | IFA_F_TENTATIVE)) == 0;
    boolean reach =
        address.getAddress().length == 4
            ? (payload.get(3) & 0xff) < RT_SCOPE_HOST
            : settled && address.isLinkLocalAddress();
    return new InterfaceAddress(
        payload.getInt(4), address, payload.get(1) & 0xff, ours, reach && !ours, settled);
  }

  private static @Nullable InetAddress internet(int family, byte @Nullable [] bytes) {
    boolean ipv4 = family == SocketAddressCodec.AF_INET && bytes != null && bytes.length == 4;
    boolean ipv6 = family == SocketAddressCodec.AF_INET6 && bytes != null && bytes.length == 16;
    if (bytes == null || !(ipv4 || ipv6)) {
      return null;
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes was refused", e);
    }
  }
}
