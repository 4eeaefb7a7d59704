package io.apiservervip.agent.router;

import java.util.HexFormat;

/** A 48-bit link-layer address, kept in the low bits. */
public record MacAddress(long bits) {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

  public MacAddress {
    if (bits < 0 || bits >= 1L << 48) {
      throw new IllegalArgumentException("not a 48-bit address: " + Long.toHexString(bits));
    }
  }

  /** From six bytes in wire order. */
  public static MacAddress of(byte[] bytes) {
    if (bytes.length != 6) {
      throw new IllegalArgumentException("a link-layer address has 6 bytes, not " + bytes.length);
    }
    long bits = 0;
    for (byte b : bytes) {
      bits = bits << 8 | (b & 0xff);
    }
    return new MacAddress(bits);
  }

  /** Six bytes in wire order. */
  public byte[] toBytes() {
    byte[] bytes = new byte[6];
    for (int i = 0; i < 6; i++) {
      bytes[i] = (byte) (bits >> (40 - 8 * i));
    }
    return bytes;
  }

  @Override
  public String toString() {
    return COLONS.formatHex(toBytes());
  }
}
