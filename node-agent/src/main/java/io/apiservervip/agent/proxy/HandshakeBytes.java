package io.apiservervip.agent.proxy;

import java.nio.ByteBuffer;

/**
 * The bytes of one handshake message, read across the records that carry them. The records are
 * known to be whole. Never throws: reading beyond the message's end gives zeros and makes {@link
 * #exceeded} true.
 */
final class HandshakeBytes {
  private static final int RECORD_HEADER = 5;

  private final ByteBuffer kept;
  private int at;
  private int leftInRecord;
  private int left;
  private boolean exceeded;

  private HandshakeBytes(ByteBuffer kept, int length) {
    this.kept = kept;
    this.at = kept.position();
    this.left = length;
  }

  /** The first bytes of the message that begins with the first record. */
  static HandshakeBytes of(ByteBuffer kept, int length) {
    return new HandshakeBytes(kept, length);
  }

  static int u16(ByteBuffer bytes, int at) {
    return (bytes.get(at) & 0xff) << 8 | (bytes.get(at + 1) & 0xff);
  }

  int u8() {
    if (left == 0) {
      exceeded = true;
      return 0;
    }
    enterRecord();
    left--;
    leftInRecord--;
    return kept.get(at++) & 0xff;
  }

  int u16() {
    return u8() << 8 | u8();
  }

  void skip(int count) {
    exceeded |= count > left;
    int rest = Math.min(count, left);
    left -= rest;
    while (rest > 0) {
      enterRecord();
      int step = Math.min(rest, leftInRecord);
      at += step;
      leftInRecord -= step;
      rest -= step;
    }
  }

  /** Bytes that were not read yet. */
  int left() {
    return left;
  }

  /** More was read than there is. */
  boolean exceeded() {
    return exceeded;
  }

  private void enterRecord() {
    if (leftInRecord == 0) {
      leftInRecord = u16(kept, at + 3);
      at += RECORD_HEADER;
    }
  }
}
