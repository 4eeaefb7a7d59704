package io.apiservervip.agent.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The attributes (rtattr) that follow the fixed part of an rtnetlink message, by type. */
final class RouteAttributes {
  static final int IFLA_ADDRESS = 1;
  static final int IFLA_IFNAME = 3;
  static final int IFA_ADDRESS = 1;
  static final int IFA_LOCAL = 2;
  static final int IFA_CACHEINFO = 6;
  static final int IFA_FLAGS = 8;
  static final int IFA_PROTO = 11;

  private static final int TYPE_MASK = 0x3fff;

  private final ByteBuffer message;
  private final int from;

  /** The attributes of {@code message} from index {@code from} to its limit. */
  RouteAttributes(ByteBuffer message, int from) {
    this.message = message;
    this.from = from;
  }

  /** The value of the first attribute of this type, null where there is none. */
  byte @Nullable [] bytes(int type) {
    int at = from;
    while (message.limit() - at >= 4) {
      int length = message.getShort(at) & 0xffff;
      if (length < 4 || length > message.limit() - at) {
        return null;
      }
      if ((message.getShort(at + 2) & TYPE_MASK) == type) {
        byte[] value = new byte[length - 4];
        message.get(at + 4, value);
        return value;
      }
      at += (length + 3) & ~3;
    }
    return null;
  }

  /** A 32-bit value, or {@code missing}. */
  int number(int type, int missing) {
    byte[] value = bytes(type);
    return value == null || value.length < 4
        ? missing
        : ByteBuffer.wrap(value).order(message.order()).getInt();
  }

  /** A zero-terminated string, empty where there is none. */
  String text(int type) {
    byte[] value = bytes(type);
    if (value == null) {
      return "";
    }
    int end = 0;
    while (end < value.length && value[end] != 0) {
      end++;
    }
    return new String(value, 0, end, StandardCharsets.UTF_8);
  }
}
