package io.apiservervip.agent.observe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One connection's reads and writes, all within one limit of time. */
final class Conversation {
  private final SocketChannel channel;
  private final Duration timeout;
  private final long start = System.nanoTime();

  Conversation(SocketChannel channel, Duration timeout) {
    this.channel = channel;
    this.timeout = timeout;
  }

  /** Up to the first line feed, without it. */
  String readLine(int maxBytes) throws IOException {
    return read(maxBytes, true);
  }

  /** Up to the other end's close. */
  String readAll(int maxBytes) throws IOException {
    return read(maxBytes, false);
  }

  void write(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    channel.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_WRITE);
      while (bytes.hasRemaining()) {
        await(selector);
        channel.write(bytes);
      }
    }
  }

  private String read(int maxBytes, boolean oneLine) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    channel.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_READ);
      while (true) {
        await(selector);
        if (channel.read(buffer) < 0) {
          return text.toString(StandardCharsets.UTF_8);
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
          byte next = buffer.get();
          if (oneLine && next == '\n') {
            return text.toString(StandardCharsets.UTF_8);
          }
          if (text.size() == maxBytes) {
            throw new IOException("longer than " + maxBytes + " bytes");
          }
          text.write(next);
        }
        buffer.clear();
      }
    }
  }

  private void await(Selector selector) throws IOException {
    long left = timeout.toMillis() - (System.nanoTime() - start) / 1_000_000;
    if (left <= 0 || selector.select(left) == 0) {
      throw new IOException("no answer within " + timeout.toMillis() + " ms");
    }
    selector.selectedKeys().clear();
  }
}
