package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.MacAddress;
import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Writes Ethernet frames of ARP (RFC 826, RFC 5227 for announcements) and of neighbour discovery
 * (RFC 4861 §4.3, §4.4).
 *
 * <pre>
 * ARP  0 destination:48 source:48 0806 | 14 hardware 1, protocol 0800, 6, 4, operation:16
 *      22 sender MAC:48 sender IP:32 | 32 target MAC:48 target IP:32
 * ND   0 destination:48 source:48 86dd | 14 IPv6 header, 40 bytes, hop limit 255
 *      54 type:8 code:8 checksum:16 flags:32 | 62 target:128 | 78 option:8 length 1:8 MAC:48
 * </pre>
 */
final class NeighborFrameCodec {
  static final int ARP_LENGTH = 42;
  static final int ND_LENGTH = 86;
  static final int ARP_REQUEST = 1;
  static final int ARP_REPLY = 2;

  private static final MacAddress BROADCAST = new MacAddress(0xffffffffffffL);
  private static final byte[] ALL_NODES = {
    (byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
  };
  private static final int ROUTER = 0x80000000;
  private static final int OVERRIDE = 0x20000000;
  private static final int SOLICITATION = 135;
  private static final int ADVERTISEMENT = 136;
  private static final int SOURCE_LINK_ADDRESS = 1;
  private static final int TARGET_LINK_ADDRESS = 2;

  private NeighborFrameCodec() {}

  /** A gratuitous ARP of the given operation: {@code address} is at {@code mac}. */
  static byte[] gratuitousArp(int operation, MacAddress mac, InetAddress address) {
    return arp(operation, mac, address.getAddress(), BROADCAST, address.getAddress());
  }

  /** Asks everybody who has {@code target}. */
  static byte[] arpRequest(MacAddress mac, InetAddress source, InetAddress target) {
    return arp(ARP_REQUEST, mac, source.getAddress(), new MacAddress(0), target.getAddress());
  }

  /**
   * An unsolicited neighbour advertisement to all nodes, override set.
   *
   * @param router whether the interface forwards IPv6
   */
  static byte[] advertisement(MacAddress mac, InetAddress address, boolean router) {
    ByteBuffer out = neighborDiscovery(mac, address.getAddress(), ALL_NODES);
    out.put(54, (byte) ADVERTISEMENT).putInt(58, router ? ROUTER | OVERRIDE : OVERRIDE);
    return finish(out, address, TARGET_LINK_ADDRESS, mac);
  }

  /** A neighbour solicitation to the solicited-node group of {@code target} (RFC 4291 §2.7.1). */
  static byte[] solicitation(MacAddress mac, InetAddress source, InetAddress target) {
    byte[] wanted = target.getAddress();
    byte[] group = ALL_NODES.clone();
    group[11] = 1;
    group[12] = (byte) 0xff;
    System.arraycopy(wanted, 13, group, 13, 3);
    ByteBuffer out = neighborDiscovery(mac, source.getAddress(), group);
    out.put(54, (byte) SOLICITATION);
    return finish(out, target, SOURCE_LINK_ADDRESS, mac);
  }

  private static byte[] arp(
      int operation, MacAddress mac, byte[] sender, MacAddress targetMac, byte[] target) {
    byte[] frame = new byte[ARP_LENGTH];
    ByteBuffer out = ByteBuffer.wrap(frame);
    out.put(BROADCAST.toBytes()).put(mac.toBytes()).putShort((short) 0x0806);
    out.putShort((short) 1).putShort((short) 0x0800).put((byte) 6).put((byte) 4);
    out.putShort((short) operation).put(mac.toBytes()).put(sender);
    out.put(targetMac.toBytes()).put(target);
    return frame;
  }

  private static ByteBuffer neighborDiscovery(MacAddress mac, byte[] source, byte[] group) {
    ByteBuffer out = ByteBuffer.allocate(ND_LENGTH);
    out.putShort((short) 0x3333).put(group, 12, 4).put(mac.toBytes()).putShort((short) 0x86dd);
    out.putInt(0x60000000).putShort((short) 32).put((byte) 58).put((byte) 255);
    return out.put(source).put(group);
  }

  private static byte[] finish(ByteBuffer out, InetAddress target, int option, MacAddress mac) {
    if (Family.of(target) != Family.IPV6) {
      throw new IllegalArgumentException("not an IPv6 address: " + target.getHostAddress());
    }
    out.put(62, target.getAddress()).put(78, (byte) option).put(79, (byte) 1);
    out.put(80, mac.toBytes());
    byte[] frame = new byte[ND_LENGTH];
    out.putShort(56, (short) checksum(out)).get(0, frame);
    return frame;
  }

  /** RFC 1071 over the pseudo-header (RFC 8200 §8.1) and the message, its checksum field zero. */
  private static int checksum(ByteBuffer frame) {
    int sum = 32 + 58;
    for (int at = 22; at < ND_LENGTH; at += 2) {
      sum += frame.getShort(at) & 0xffff;
    }
    while (sum >> 16 != 0) {
      sum = (sum & 0xffff) + (sum >> 16);
    }
    return ~sum & 0xffff;
  }
}
