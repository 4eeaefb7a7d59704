package io.apiservervip.agent.proxy;

import io.netty.util.internal.PlatformDependent;
import java.nio.ByteBuffer;

/**
 * The buffer through which one event loop moves bytes: every read goes into it and is written out
 * or put aside before the next, so that an idle connection holds no buffer at all.
 */
final class Scratch {
  /** Most bytes of one read. */
  static final int BYTES = 128 << 10;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
  private final long address = PlatformDependent.directBufferAddress(buffer);

  /** Position and limit mean nothing. */
  ByteBuffer buffer() {
    return buffer;
  }

  long address() {
    return address;
  }

  /** Copies a part out. */
  byte[] copy(int offset, int length) {
    byte[] bytes = new byte[length];
    buffer.get(offset, bytes);
    return bytes;
  }

  /** Copies into the beginning; the number of bytes that fit. */
  int fill(byte[] bytes, int offset, int length) {
    int fitting = Math.min(length, BYTES);
    buffer.put(0, bytes, offset, fitting);
    return fitting;
  }
}
