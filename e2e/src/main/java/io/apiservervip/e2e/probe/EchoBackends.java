package io.apiservervip.e2e.probe;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.RealTime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A server on every host, on all its addresses: it answers a line with its host's name. One thread
 * a host, all in this program.
 */
public final class EchoBackends implements AutoCloseable {
  private static final int BACKLOG = 4096;

  private final List<Selector> selectors = new ArrayList<>();
  private final List<ServerSocketChannel> servers = new ArrayList<>();

  private final int port;

  private EchoBackends(int port) {
    this.port = port;
  }

  public static EchoBackends start(Lab lab, int port) throws IOException, InterruptedException {
    EchoBackends backends = new EchoBackends(port);
    for (Host host : lab.hosts()) {
      ServerSocketChannel server = host.namespace().call(() -> listen(port));
      Selector selector = Selector.open();
      server.register(selector, SelectionKey.OP_ACCEPT);
      backends.servers.add(server);
      backends.selectors.add(selector);
      byte[] answer = (host.node() + "\n").getBytes(StandardCharsets.US_ASCII);
      Thread.ofPlatform().daemon().name("backend " + host).start(() -> serve(selector, answer));
    }
    return backends;
  }

  public int port() {
    return port;
  }

  @Override
  public void close() throws IOException {
    for (ServerSocketChannel server : servers) {
      server.close();
    }
    for (Selector selector : selectors) {
      selector.close();
    }
  }

  private static ServerSocketChannel listen(int port) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    server.bind(new InetSocketAddress(port), BACKLOG);
    server.configureBlocking(false);
    return server;
  }

  private static void serve(Selector selector, byte[] answer) {
    RealTime.begin();
    ByteBuffer buffer = ByteBuffer.allocateDirect(1024);
    while (selector.isOpen()) {
      try {
        selector.select(key -> handle(key, answer, buffer));
      } catch (IOException | java.nio.channels.ClosedSelectorException e) {
        return;
      }
    }
  }

  private static void handle(SelectionKey key, byte[] answer, ByteBuffer buffer) {
    try {
      switch (key.channel()) {
        case ServerSocketChannel server -> accept(server, key.selector());
        case SocketChannel channel -> answer(channel, answer, buffer);
        default -> throw new IllegalStateException(key.channel().toString());
      }
    } catch (IOException e) {
      close(key);
    }
  }

  private static void accept(ServerSocketChannel server, Selector selector) throws IOException {
    for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
    }
  }

  private static void answer(SocketChannel channel, byte[] answer, ByteBuffer buffer)
      throws IOException {
    buffer.clear();
    int read = channel.read(buffer);
    if (read < 0) {
      channel.close();
    } else if (read > 0 && buffer.get(read - 1) == '\n') {
      channel.write(ByteBuffer.wrap(answer));
    }
  }

  private static void close(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException e) {
      key.cancel();
    }
  }
}
