package io.apiservervip.agent.router;

/** Fills in the checksum of a version 3 message that a test wrote by hand (RFC 1071). */
final class Checksums {
  private Checksums() {}

  /** With the pseudo-header of 10.0.0.{@code host} to 224.0.0.18. */
  static byte[] pseudo(byte[] message, int host) {
    int sum = 0x0a00 + host + 0xe000 + 0x0012 + 112 + message.length;
    for (int i = 0; i < message.length; i += 2) {
      sum += (message[i] & 0xff) << 8 | (message[i + 1] & 0xff);
    }
    int folded = (sum & 0xffff) + (sum >>> 16);
    folded = (folded & 0xffff) + (folded >>> 16);
    message[6] = (byte) (~folded >>> 8);
    message[7] = (byte) ~folded;
    return message;
  }
}
