package io.apiservervip.e2e.probe;

import io.apiservervip.e2e.lab.Namespace;
import io.apiservervip.e2e.lab.RealTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A client that opens a connection at a fixed pace, sends a line and reads a name. Each connection
 * is reset when it ends, so that no port waits. One thread inside the client's namespace.
 */
public final class ConnectionProbe implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final byte[] QUESTION = "who\n".getBytes(StandardCharsets.US_ASCII);

  /** Connections under way at once; beyond it no new one is opened. */
  private static final int MOST_OPEN = 2000;

  private final InetSocketAddress target;
  private final long periodNanos;
  private final ProbeLog log = new ProbeLog();
  private final Deque<Pending> open = new ArrayDeque<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(256);
  private volatile boolean closed;

  private ConnectionProbe(InetSocketAddress target, Duration period) {
    this.target = target;
    this.periodNanos = period.toNanos();
  }

  /** Starts probing the address, written as a literal, from the namespace. */
  public static ConnectionProbe start(
      Namespace namespace, String address, int port, Duration period) {
    InetSocketAddress target = new InetSocketAddress(InetAddress.ofLiteral(address), port);
    ConnectionProbe probe = new ConnectionProbe(target, period);
    Thread thread = namespace.start("probe", probe::run);
    thread.setUncaughtExceptionHandler((_, e) -> System.err.println("probe: " + e));
    return probe;
  }

  public ProbeLog log() {
    return log;
  }

  /** What happened between two times; waits until the last attempt of the window has ended. */
  public ProbeResult between(long fromNanos, long toNanos) throws InterruptedException {
    long settled = toNanos + PATIENCE.toNanos() + Duration.ofMillis(20).toNanos();
    for (long left = settled - System.nanoTime(); left > 0; left = settled - System.nanoTime()) {
      Thread.sleep(Duration.ofNanos(left));
    }
    return log.between(fromNanos, toNanos);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void run() {
    RealTime.begin();
    try (Selector selector = Selector.open()) {
      long next = System.nanoTime();
      while (!closed) {
        long now = System.nanoTime();
        while (now >= next) {
          connect(selector, now);
          next += periodNanos;
        }
        expire(now);
        long millis = (next - System.nanoTime()) / 1_000_000;
        if (millis > 0) {
          selector.select(this::handle, millis);
        } else {
          selector.selectNow(this::handle);
        }
      }
      while (!open.isEmpty()) {
        open.remove().drop();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void connect(Selector selector, long now) {
    if (open.size() >= MOST_OPEN) {
      return;
    }
    Pending pending = null;
    try {
      SocketChannel channel = SocketChannel.open(family());
      pending = new Pending(channel, now);
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, pending);
      if (channel.connect(target)) {
        ask(key, channel);
      }
      open.add(pending);
    } catch (IOException e) {
      end(pending == null ? new Pending(null, now) : pending, "");
    }
  }

  private ProtocolFamily family() {
    return target.getAddress().getAddress().length == 4
        ? StandardProtocolFamily.INET
        : StandardProtocolFamily.INET6;
  }

  private void handle(SelectionKey key) {
    Pending pending = (Pending) key.attachment();
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        ask(key, channel);
      } else {
        buffer.clear();
        int read = channel.read(buffer);
        if (read != 0) {
          end(pending, read < 0 ? "" : name(read));
        }
      }
    } catch (IOException e) {
      end(pending, "");
    }
  }

  private static void ask(SelectionKey key, SocketChannel channel) throws IOException {
    channel.write(ByteBuffer.wrap(QUESTION));
    key.interestOps(SelectionKey.OP_READ);
  }

  private String name(int length) {
    byte[] bytes = new byte[length];
    buffer.flip().get(bytes);
    return new String(bytes, StandardCharsets.US_ASCII).strip();
  }

  /** Oldest first: the rest of the queue is younger than the first that has time left. */
  private void expire(long now) {
    while (!open.isEmpty()) {
      Pending oldest = open.peek();
      if (!oldest.ended) {
        if (now - oldest.startNanos < PATIENCE.toNanos()) {
          return;
        }
        end(oldest, "");
      }
      open.remove();
    }
  }

  private void end(Pending pending, String server) {
    pending.drop();
    log.add(new ProbeLog.Attempt(pending.startNanos, System.nanoTime(), server));
  }

  /** A connection under way. */
  private static final class Pending {
    private final @org.jspecify.annotations.Nullable SocketChannel channel;
    private final long startNanos;
    private boolean ended;

    private Pending(@org.jspecify.annotations.Nullable SocketChannel channel, long startNanos) {
      this.channel = channel;
      this.startNanos = startNanos;
    }

    private void drop() {
      ended = true;
      if (channel != null) {
        try {
          channel.close();
        } catch (IOException e) {
          // a socket that cannot be closed is closed
        }
      }
    }
  }
}
