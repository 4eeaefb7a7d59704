package io.apiservervip.agent.linux;

import java.nio.ByteBuffer;

/**
 * Walks the messages of one netlink datagram in native byte order; what does not fit its stated
 * length ends the walk.
 */
final class NetlinkReader {
  static final int HEADER = 16;
  static final int NLMSG_ERROR = 2;
  static final int NLMSG_DONE = 3;
  private static final int NLM_F_DUMP_INTR = 0x10;

  private final ByteBuffer datagram;
  private int start;
  private int next;

  /** A walk from index 0 to the buffer's limit. */
  NetlinkReader(ByteBuffer datagram) {
    this.datagram = datagram;
  }

  /** Moves to the next message; false at the end or before a malformed one. */
  boolean advance() {
    int left = datagram.limit() - next;
    if (left < HEADER) {
      return false;
    }
    int length = datagram.getInt(next);
    if (length < HEADER || length > left) {
      return false;
    }
    start = next;
    next += Math.min(left, (length + 3) & ~3);
    return true;
  }

  int type() {
    return datagram.getShort(start + 4) & 0xffff;
  }

  int sequence() {
    return datagram.getInt(start + 8);
  }

  /** The dump is not one moment's picture and has to be asked for anew. */
  boolean interrupted() {
    return (datagram.getShort(start + 6) & NLM_F_DUMP_INTR) != 0;
  }

  /** The errno of an NLMSG_ERROR or NLMSG_DONE, 0 for an acknowledgement. */
  int errno() {
    return datagram.getInt(start) < HEADER + 4 ? 0 : -datagram.getInt(start + HEADER);
  }

  /** What follows the header, position 0. */
  ByteBuffer payload() {
    return datagram.slice(start + HEADER, datagram.getInt(start) - HEADER).order(datagram.order());
  }
}
