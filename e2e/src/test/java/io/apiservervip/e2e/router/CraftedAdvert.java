package io.apiservervip.e2e.router;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A version 3 advert over IPv4 written by hand: RFC 9568 section 5.2, with its IP header. The VRRP
 * message begins at byte 20.
 */
final class CraftedAdvert {
  private CraftedAdvert() {}

  /** How the checksum is computed, or spoilt. */
  enum Checksum {
    PSEUDO_HEADER,
    MESSAGE_ONLY,
    WRONG
  }

  static byte[] of(String source, String address, int vrid, int priority, int cs, Checksum form) {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    bytes.put(HexFormat.of().parseHex("45c0002000010000ff700000"));
    bytes.put(literal(source)).put(literal("224.0.0.18"));
    bytes.put((byte) 0x31).put((byte) vrid).put((byte) priority).put((byte) 1);
    bytes.putShort((short) cs).putShort((short) 0).put(literal(address));
    bytes.putShort(10, (short) fold(sum(bytes, 0, 20)));
    int message = sum(bytes, 20, 32);
    int pseudo = sum(bytes, 12, 20) + 112 + 12;
    int checksum =
        switch (form) {
          case PSEUDO_HEADER -> fold(message + pseudo);
          case MESSAGE_ONLY -> fold(message);
          case WRONG -> fold(message + pseudo) ^ 0x5555;
        };
    bytes.putShort(26, (short) checksum);
    return bytes.array();
  }

  private static byte[] literal(String address) {
    return java.net.InetAddress.ofLiteral(address).getAddress();
  }

  private static int sum(ByteBuffer bytes, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i += 2) {
      sum += bytes.getShort(i) & 0xffff;
    }
    return sum;
  }

  private static int fold(int sum) {
    int once = (sum & 0xffff) + (sum >>> 16);
    return ~((once & 0xffff) + (once >>> 16)) & 0xffff;
  }
}
