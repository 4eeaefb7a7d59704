package io.apiservervip.agent.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.Pointer;

/**
 * A block of native memory that lives as long as its owner, seen as a buffer in native byte order
 * and as an address.
 */
final class NativeMemory {
  final ByteBuffer bytes;
  final long address;

  private NativeMemory(ByteBuffer bytes, long address) {
    this.bytes = bytes;
    this.address = address;
  }

  /** Zeroed memory. */
  static NativeMemory allocate(Kernel kernel, int size) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    return new NativeMemory(bytes, Pointer.wrap(kernel.runtime(), bytes).address());
  }
}
