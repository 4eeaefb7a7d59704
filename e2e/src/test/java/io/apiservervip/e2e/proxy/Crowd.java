package io.apiservervip.e2e.proxy;

import io.apiservervip.e2e.lab.Host;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that connect all in one moment, send a byte each and keep what they have open. */
final class Crowd {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final InetSocketAddress target;
  private final int size;

  Crowd(String address, int port, int size) {
    this.target = new InetSocketAddress(InetAddress.ofLiteral(address), port);
    this.size = size;
  }

  /** How it went; every connection was open until the last had its answer. */
  record Result(int answered, int failed, long millis) {}

  Result run() throws IOException {
    try (Selector selector = Selector.open()) {
      long begun = System.nanoTime();
      for (int i = 0; i < size; i++) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(java.net.StandardSocketOptions.SO_LINGER, 0);
        channel.register(selector, SelectionKey.OP_CONNECT);
        channel.connect(target);
      }
      Count count = new Count();
      while (count.answered + count.failed < size
          && System.nanoTime() - begun < PATIENCE.toNanos()) {
        selector.select(key -> turn(key, count), 100);
      }
      long millis = (System.nanoTime() - begun) / 1_000_000;
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      return new Result(count.answered, count.failed, millis);
    }
  }

  private static final class Count {
    private final ByteBuffer buffer = ByteBuffer.allocate(16);
    private int answered;
    private int failed;
  }

  private static void turn(SelectionKey key, Count count) {
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        channel.write(ByteBuffer.wrap(new byte[] {1}));
      } else {
        count.buffer.clear();
        if (channel.read(count.buffer) < 0) {
          throw new IOException("closed");
        }
        count.answered++;
        key.interestOps(0);
      }
    } catch (IOException e) {
      count.failed++;
      key.cancel();
      System.err.println("crowd: " + e.getMessage());
    }
  }

  /** A server that sends back what it gets; takes the place of the stage's own on that host. */
  static final class Echo implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Selector selector = Selector.open();
    private final AtomicLong served = new AtomicLong();

    private Echo(ServerSocketChannel server) throws IOException {
      this.server = server;
    }

    static Echo on(RelayStage stage, String node) throws IOException, InterruptedException {
      Host host = stage.lab().host(node);
      stage.rendezvous().shut(host);
      Echo echo =
          new Echo(
              host.namespace()
                  .call(
                      () ->
                          ServerSocketChannel.open()
                              .setOption(java.net.StandardSocketOptions.SO_REUSEADDR, true)
                              .bind(new InetSocketAddress(Rendezvous.BACKEND_PORT), 8192)));
      echo.server.configureBlocking(false);
      echo.server.register(echo.selector, SelectionKey.OP_ACCEPT);
      Thread.ofPlatform().daemon().name("echo " + node).start(echo::run);
      return echo;
    }

    /** Connections that sent something. */
    long accepted() {
      return served.get();
    }

    private void run() {
      ByteBuffer buffer = ByteBuffer.allocate(16);
      while (server.isOpen()) {
        try {
          selector.select(key -> turn(key, buffer));
        } catch (IOException | java.nio.channels.ClosedSelectorException e) {
          return;
        }
      }
    }

    private void turn(SelectionKey key, ByteBuffer buffer) {
      try {
        if (key.isAcceptable()) {
          for (SocketChannel c = server.accept(); c != null; c = server.accept()) {
            c.configureBlocking(false);
            c.register(selector, SelectionKey.OP_READ);
          }
          return;
        }
        SocketChannel channel = (SocketChannel) key.channel();
        buffer.clear();
        if (channel.read(buffer) < 0) {
          channel.close();
        } else {
          served.incrementAndGet();
          channel.write(buffer.flip());
        }
      } catch (IOException e) {
        key.cancel();
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
      selector.close();
    }
  }
}
