package io.apiservervip.agent.proxy;

import java.nio.ByteBuffer;

/**
 * What a client sent before a server said anything: whether it is one whole TLS ClientHello, which
 * may be sent to another server too. It may span several records and any number of segments; it is
 * read where it lies, each byte of a header once. Never throws for any bytes. Owned by one event
 * loop.
 *
 * <pre>
 *  record (RFC 8446 §5.1)            handshake message (§4)
 *  +------+---------+--------+----   +------+-----------+-------------
 *  | 0x16 | 3 minor | length | ...   | 0x01 | length    | ClientHello
 *  +------+---------+--------+----   +------+-----------+-------------
 *     1        2        2               1        3
 * </pre>
 */
final class FirstFlight {
  /** Most bytes that are kept of a client, record headers included. */
  static final int MAX_BYTES = 16 * 1024;

  /** What the bytes are. */
  enum Kind {
    /** The beginning of a ClientHello. */
    INCOMPLETE,
    /** One ClientHello and nothing else. */
    COMPLETE,
    /** Nothing that may be sent twice. */
    NOT_REPLAYABLE
  }

  /** Why bytes may not be sent twice. */
  enum Reason {
    NONE,
    NOT_TLS,
    TOO_LONG,
    MALFORMED,
    /** RFC 8446 §8: early data may be processed by each server that gets it. */
    EARLY_DATA,
    /** Something follows the ClientHello. */
    MORE_BYTES
  }

  private static final int HANDSHAKE = 0x16;
  private static final int CLIENT_HELLO = 1;
  private static final int RECORD_HEADER = 5;
  private static final int MESSAGE_HEADER = 4;
  private static final int UNKNOWN = -1;

  private Kind kind = Kind.INCOMPLETE;
  private Reason reason = Reason.NONE;

  /** Where the next record begins that was not read, from the start of the kept bytes. */
  private int record;

  /** Bytes of the message in the records before. */
  private int gathered;

  /** Of the message with its header. */
  private int messageLength = UNKNOWN;

  /** What bytes are that are judged only once or twice; else an object spares reading them anew. */
  static Kind kind(byte[] kept) {
    return new FirstFlight().update(ByteBuffer.wrap(kept));
  }

  Kind kind() {
    return kind;
  }

  /** {@code NONE} unless the kind is NOT_REPLAYABLE. */
  Reason reason() {
    return reason;
  }

  /** Bytes of a complete first flight, record headers included. */
  int length() {
    return record;
  }

  /**
   * Looks at more bytes.
   *
   * @param kept all bytes of the client so far, from position to limit, the known ones too; neither
   *     position nor limit is changed
   */
  Kind update(ByteBuffer kept) {
    while (kind == Kind.INCOMPLETE && readRecord(kept)) {}
    if (kind == Kind.INCOMPLETE && kept.remaining() >= MAX_BYTES) {
      refuse(Reason.TOO_LONG);
    }
    if (kind == Kind.COMPLETE && kept.remaining() > record) {
      refuse(Reason.MORE_BYTES);
    }
    return kind;
  }

  /** Reads what is there of the next record; false: more bytes are needed, or it is decided. */
  private boolean readRecord(ByteBuffer kept) {
    int there = kept.remaining() - record;
    int at = kept.position() + record;
    if ((there > 0 && kept.get(at) != HANDSHAKE) || (there > 1 && kept.get(at + 1) != 3)) {
      return refuse(Reason.NOT_TLS);
    }
    if (there < RECORD_HEADER) {
      return false;
    }
    int length = HandshakeBytes.u16(kept, at + 3);
    if (length == 0) {
      return refuse(Reason.MALFORMED);
    }
    if (record + RECORD_HEADER + length > MAX_BYTES) {
      return refuse(Reason.TOO_LONG);
    }
    if (!readMessageHeader(kept, Math.min(there - RECORD_HEADER, length))) {
      return false;
    }
    if (messageLength != UNKNOWN && gathered + length > messageLength) {
      return refuse(Reason.MORE_BYTES);
    }
    if (there < RECORD_HEADER + length) {
      return false;
    }
    record += RECORD_HEADER + length;
    gathered += length;
    if (gathered == messageLength) {
      complete(kept);
    }
    return true;
  }

  /**
   * Reads the length of the message as soon as it is there; false: it is not a ClientHello.
   *
   * @param payload bytes of the record that are there
   */
  private boolean readMessageHeader(ByteBuffer kept, int payload) {
    if (gathered == 0 && payload > 0 && HandshakeBytes.of(kept, 1).u8() != CLIENT_HELLO) {
      return refuse(Reason.MALFORMED);
    }
    if (messageLength == UNKNOWN && gathered + payload >= MESSAGE_HEADER) {
      HandshakeBytes header = HandshakeBytes.of(kept, MESSAGE_HEADER);
      messageLength = MESSAGE_HEADER + ((header.u16() & 0xff) << 16 | header.u16());
    }
    if (messageLength != UNKNOWN && record + RECORD_HEADER + messageLength - gathered > MAX_BYTES) {
      return refuse(Reason.TOO_LONG);
    }
    return true;
  }

  private void complete(ByteBuffer kept) {
    reason = ClientHello.judge(HandshakeBytes.of(kept, messageLength));
    kind = reason == Reason.NONE ? Kind.COMPLETE : Kind.NOT_REPLAYABLE;
  }

  private boolean refuse(Reason why) {
    kind = Kind.NOT_REPLAYABLE;
    reason = why;
    return false;
  }
}
