package io.apiservervip.e2e.proxy;

import io.apiservervip.e2e.lab.Namespace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A stand-in for a server: answers every line of every client with its word, on all addresses of
 * its namespace, of both families. One thread a client.
 */
record WordServer(ServerSocket socket) implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 2_000;

  static WordServer start(Namespace namespace, int port, String word)
      throws IOException, InterruptedException {
    ServerSocket socket =
        namespace.call(
            () -> {
              ServerSocket open = new ServerSocket();
              open.bind(new InetSocketAddress(port));
              return open;
            });
    Thread.ofPlatform().daemon().name(word).start(() -> accept(socket, word));
    return new WordServer(socket);
  }

  private static void accept(ServerSocket socket, String word) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofPlatform().daemon().name(word).start(() -> serve(client, word));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Socket client, String word) {
    try (client) {
      while (client.getInputStream().read() == '\n') {
        client.getOutputStream().write((word + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      // the client has gone
    }
  }

  /** A connection from this namespace. */
  static Socket connect(Namespace from, String address, int port)
      throws IOException, InterruptedException {
    return from.call(
        () -> {
          Socket socket = new Socket();
          socket.setSoTimeout(PATIENCE_MILLIS);
          socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
          return socket;
        });
  }

  /** The word of whoever is at the other end. */
  static String ask(Socket socket) throws IOException {
    socket.getOutputStream().write('\n');
    StringBuilder word = new StringBuilder(16);
    for (int c = socket.getInputStream().read(); c > '\n'; c = socket.getInputStream().read()) {
      word.append((char) c);
    }
    return word.toString();
  }

  /** The word of whoever answers a new connection. */
  static String ask(Namespace from, String address, int port)
      throws IOException, InterruptedException {
    try (Socket socket = connect(from, address, port)) {
      return ask(socket);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
