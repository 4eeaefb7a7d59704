package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.VirtualAddress;
import io.apiservervip.agent.vrrp.Family;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes rtnetlink requests (rtnetlink(7)), native byte order.
 *
 * <pre>
 * nlmsghdr  length:32 type:16 flags:16 sequence:32 port:32
 * ifaddrmsg family:8 prefixlen:8 flags:8 scope:8 index:32
 * rtattr    length:16 type:16 value, padded to 4
 * </pre>
 */
final class NetlinkCodec {
  static final int RTM_NEWLINK = 16;
  static final int RTM_DELLINK = 17;
  static final int RTM_GETLINK = 18;
  static final int RTM_NEWADDR = 20;
  static final int RTM_DELADDR = 21;
  static final int RTM_GETADDR = 22;

  /**
   * IFA_PROTO of our addresses, {@code 'V'}; the kernel uses 0 to 3, keepalived 11. Kernels before
   * 5.18 ignore the attribute.
   */
  static final int OUR_PROTOCOL = 0x56;

  private static final int NLM_F_REQUEST = 1;
  private static final int NLM_F_ACK = 4;
  private static final int NLM_F_DUMP = 0x300;
  private static final int NLM_F_REPLACE = 0x100;
  private static final int NLM_F_CREATE = 0x400;
  private static final int IFA_F_NODAD = 0x02;
  private static final int IFA_F_NOPREFIXROUTE = 0x200;
  private static final int RT_SCOPE_HOST = 254;
  private static final int RT_SCOPE_UNIVERSE = 0;
  private static final int IPV4_BITS = 32;
  private static final int FOREVER = 0xffffffff;

  private NetlinkCodec() {}

  /** Asks for all links or all addresses, by type RTM_GETLINK or RTM_GETADDR. */
  static ByteBuffer dump(int type, int sequence) {
    ByteBuffer out = request(type, NLM_F_REQUEST | NLM_F_DUMP, sequence);
    return finish(out.put(new byte[type == RTM_GETLINK ? 16 : 8]));
  }

  /**
   * Adds or renews an address.
   *
   * @param lifetimeSeconds valid lifetime; 0 is forever
   */
  static ByteBuffer put(int index, VirtualAddress address, int lifetimeSeconds, int sequence) {
    boolean ipv4 = Family.of(address.address()) == Family.IPV4;
    int flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE;
    ByteBuffer out = addressRequest(RTM_NEWADDR, flags, index, address, sequence);
    int valid = lifetimeSeconds == 0 ? FOREVER : lifetimeSeconds;
    int addressFlags = ipv4 ? IFA_F_NOPREFIXROUTE : IFA_F_NOPREFIXROUTE | IFA_F_NODAD;
    attribute(out, RouteAttributes.IFA_FLAGS, 4).putInt(addressFlags);
    attribute(out, RouteAttributes.IFA_CACHEINFO, 16)
        .putInt(ipv4 ? valid : 0)
        .putInt(valid)
        .putLong(0);
    attribute(out, RouteAttributes.IFA_PROTO, 1).put((byte) OUR_PROTOCOL).put(new byte[3]);
    return finish(out);
  }

  /** Removes an address. */
  static ByteBuffer remove(int index, VirtualAddress address, int sequence) {
    return finish(addressRequest(RTM_DELADDR, NLM_F_REQUEST | NLM_F_ACK, index, address, sequence));
  }

  private static ByteBuffer addressRequest(
      int type, int flags, int index, VirtualAddress address, int sequence) {
    Family family = Family.of(address.address());
    byte[] bytes = address.address().getAddress();
    ByteBuffer out = request(type, flags, sequence);
    out.put(
        (byte) (family == Family.IPV4 ? SocketAddressCodec.AF_INET : SocketAddressCodec.AF_INET6));
    out.put((byte) address.prefixLength()).put((byte) 0);
    out.put((byte) scope(family, address.prefixLength())).putInt(index);
    attribute(out, RouteAttributes.IFA_LOCAL, bytes.length).put(bytes);
    attribute(out, RouteAttributes.IFA_ADDRESS, bytes.length).put(bytes);
    return out;
  }

  /**
   * Host, so that it is never a source. The kernel refuses it for a prefix that an address of
   * another scope has on that interface (devinet.c, {@code __inet_insert_ifa}): who writes the
   * prefix length of the subnet gets an address like any other there.
   */
  private static int scope(Family family, int prefixLength) {
    return family == Family.IPV4 && prefixLength == IPV4_BITS ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE;
  }

  private static ByteBuffer request(int type, int flags, int sequence) {
    ByteBuffer out = ByteBuffer.allocate(128).order(ByteOrder.nativeOrder());
    out.putInt(0).putShort((short) type).putShort((short) flags).putInt(sequence).putInt(0);
    return out;
  }

  private static ByteBuffer attribute(ByteBuffer out, int type, int length) {
    return out.putShort((short) (4 + length)).putShort((short) type);
  }

  private static ByteBuffer finish(ByteBuffer out) {
    return out.putInt(0, out.position()).flip();
  }
}
