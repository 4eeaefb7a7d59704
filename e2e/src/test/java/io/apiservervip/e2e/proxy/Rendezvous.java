package io.apiservervip.e2e.proxy;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Both ends of connections through a proxy in the hands of one test: the client's first line names
 * the connection, and the server's end that reads the line is its other end. Connections that close
 * without a line are the proxy's checks.
 */
final class Rendezvous implements AutoCloseable {
  static final int BACKEND_PORT = 6443;
  private static final int BACKLOG = 4096;

  private final Lab lab;
  private final String address;
  private final AtomicInteger names = new AtomicInteger();
  private final Map<String, BlockingQueue<Socket>> met = new ConcurrentHashMap<>();
  private final Map<Host, Open> servers = new ConcurrentHashMap<>();

  /** Clients of this meeting place connect to the address. */
  Rendezvous(Lab lab, String address) {
    this.lab = lab;
    this.address = address;
  }

  /** A server and the thread that accepts for it. */
  private record Open(ServerSocket server, Thread thread) {}

  /** Both ends of one connection through the proxy. */
  record Pair(Socket client, Socket server) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      client.close();
      server.close();
    }
  }

  /** The client's end and its name; the server's end may come later. */
  record Half(Socket client, String name) {}

  /** Opens a server on the host. */
  Rendezvous listen(Host host) throws IOException, InterruptedException {
    ServerSocket server =
        host.namespace()
            .call(
                () -> {
                  ServerSocket open = new ServerSocket();
                  open.setReuseAddress(true);
                  open.bind(new java.net.InetSocketAddress(BACKEND_PORT), BACKLOG);
                  return open;
                });
    Thread thread =
        Thread.ofPlatform().daemon().name("rendezvous " + host).start(() -> accept(server));
    servers.put(host, new Open(server, thread));
    return this;
  }

  /** Closes the host's server: connections are refused from now on. */
  void shut(Host host) throws IOException, InterruptedException {
    Open open = servers.remove(host);
    if (open != null) {
      open.server().close();
      open.thread().join();
    }
  }

  Pair pair() throws IOException, InterruptedException {
    Half half = half();
    return new Pair(half.client(), await(half, Duration.ofSeconds(5)));
  }

  /** Connects from the lab's client and sends the name. */
  Half half() throws IOException, InterruptedException {
    return half(lab.client());
  }

  Half half(Host from) throws IOException, InterruptedException {
    Socket client = Proxies.connect(from, address, Proxies.PORT);
    String name = "connection " + names.incrementAndGet();
    met.put(name, new LinkedBlockingQueue<>());
    client.getOutputStream().write((name + "\n").getBytes(StandardCharsets.US_ASCII));
    return new Half(client, name);
  }

  /** The other end, when it has come by then. */
  Socket await(Half half, Duration patience) throws IOException, InterruptedException {
    BlockingQueue<Socket> queue = met.getOrDefault(half.name(), new LinkedBlockingQueue<>());
    Socket server = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (server == null) {
      throw new IOException(half.name() + " did not arrive within " + patience);
    }
    return server;
  }

  @Override
  public void close() throws IOException {
    for (Open open : servers.values()) {
      open.server().close();
    }
  }

  private void accept(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.startVirtualThread(() -> meet(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void meet(Socket socket) {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(10_000);
      String name = line(socket.getInputStream());
      BlockingQueue<Socket> waiting = met.get(name);
      if (waiting == null) {
        socket.close();
      } else {
        waiting.add(socket);
      }
    } catch (IOException e) {
      // a check of the proxy's that was reset
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      text.append((char) c);
    }
    return text.toString();
  }
}
