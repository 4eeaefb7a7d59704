package io.apiservervip.e2e.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.zip.CRC32C;

/**
 * Bytes in one direction: what is sent is random, differs from block to block and is summed up on
 * both sides.
 */
final class Flow {
  private static final int BLOCK = 1 << 18;

  private Flow() {}

  /** What one side saw. */
  record Sum(long bytes, long checksum) {}

  /** Sends so many bytes. */
  static Sum send(OutputStream out, long bytes, long seed) throws IOException {
    byte[] block = new byte[BLOCK];
    new Random(seed).nextBytes(block);
    CRC32C sum = new CRC32C();
    for (long sent = 0; sent < bytes; ) {
      ByteBuffer.wrap(block).putLong(sent);
      int size = (int) Math.min(BLOCK, bytes - sent);
      out.write(block, 0, size);
      sum.update(block, 0, size);
      sent += size;
    }
    return new Sum(bytes, sum.getValue());
  }

  /** Receives so many bytes. */
  static Sum receive(InputStream in, long bytes) throws IOException {
    byte[] block = new byte[BLOCK];
    CRC32C sum = new CRC32C();
    long received = 0;
    while (received < bytes) {
      int size = in.read(block, 0, (int) Math.min(BLOCK, bytes - received));
      if (size < 0) {
        break;
      }
      sum.update(block, 0, size);
      received += size;
    }
    return new Sum(received, sum.getValue());
  }

  /** Runs the work on a thread of its own. */
  static <T> FutureTask<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().daemon().name("flow").start(task);
    return task;
  }
}
