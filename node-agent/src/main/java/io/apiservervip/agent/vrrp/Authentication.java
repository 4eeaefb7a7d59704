package io.apiservervip.agent.vrrp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Authentication of version 2 (RFC 2338 §5.3.6, kept by keepalived). Sent in clear: it guards
 * against accidents, not attackers. Version 3 has none.
 */
public sealed interface Authentication {

  /** The auth type byte. */
  int type();

  /** Type 0; the eight trailing bytes are zero when sent and ignored when received. */
  record None() implements Authentication {
    @Override
    public int type() {
      return 0;
    }
  }

  /** Type 1, simple password: eight bytes, left aligned, NUL padded. */
  final class Password implements Authentication {
    /** Bytes of the field; a longer password is cut, as keepalived does. */
    public static final int LENGTH = 8;

    private final long word;

    private Password(long word) {
      this.word = word;
    }

    /** The field as it stands in a packet; cut or padded to eight bytes. */
    public static Password ofField(byte[] field) {
      return ofWord(ByteBuffer.wrap(Arrays.copyOf(field, LENGTH)).getLong());
    }

    /** The field as one big-endian number. */
    static Password ofWord(long word) {
      return new Password(word);
    }

    /** The password as UTF-8, cut or padded to eight bytes. */
    public static Password of(String text) {
      return ofField(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int type() {
      return 1;
    }

    /** The eight bytes of the field. */
    public byte[] bytes() {
      return ByteBuffer.allocate(LENGTH).putLong(word).array();
    }

    long word() {
      return word;
    }

    /** Compares all eight bytes at once, so in constant time. */
    boolean matches(long field) {
      return (word ^ field) == 0;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Password that && matches(that.word);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(word);
    }

    @Override
    public String toString() {
      return "Password[hidden]";
    }
  }

  /** Received only: a type that is known but not supported (2, IPsec AH). */
  record Unsupported(int type) implements Authentication {}
}
