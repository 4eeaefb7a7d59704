package io.apiservervip.e2e.probe;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a {@link TlsBackend} has done and what it is told, in a file that both programs map: it can
 * be read while the server is frozen and after it was killed. Any thread.
 */
public final class BackendLedger {

  /** One number in the file. */
  public enum Entry {
    /** 1 from the moment the server listens. */
    LISTENING(0),
    /** Connections accepted, checks among them. */
    ACCEPTED(1),
    /** Of those, the ones that sent a first byte, which is their ClientHello's. */
    GREETED(2),
    /** Of those, the ones whose handshake was completed. */
    SHAKEN(3),
    /** Requests for the server's name, or for a stream, that were answered. */
    ANSWERED(4),
    /** Requests for /readyz that were answered. */
    CHECKED(5),
    /** Connections now open. */
    OPEN(6),
    /** Written by the test: the answer to /readyz; 0 stands for 200. */
    READY_STATUS(7),
    /** Written by the test: with each new value every open stream gets one event. */
    EVENT(8);

    private final int at;

    Entry(int place) {
      this.at = place * Long.BYTES;
    }
  }

  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final MappedByteBuffer numbers;

  private BackendLedger(MappedByteBuffer numbers) {
    this.numbers = numbers;
  }

  /** Maps the file, which is made where it is missing. */
  static BackendLedger in(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = Entry.values().length * (long) Long.BYTES;
      return new BackendLedger(channel.map(FileChannel.MapMode.READ_WRITE, 0, size));
    }
  }

  public long get(Entry entry) {
    return (long) LONGS.getVolatile(numbers, entry.at);
  }

  void set(Entry entry, long value) {
    LONGS.setVolatile(numbers, entry.at, value);
  }

  void add(Entry entry, long change) {
    LONGS.getAndAdd(numbers, entry.at, change);
  }
}
