package io.apiservervip.e2e.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;

/** A client's connection that reached a server, with the bytes that told it from a check. */
final class Arrival {
  private final String server;
  private final Socket socket;
  private final byte[] begun;

  Arrival(String server, Socket socket, byte[] begun) {
    this.server = server;
    this.socket = socket;
    this.begun = begun;
  }

  String server() {
    return server;
  }

  Socket socket() {
    return socket;
  }

  /** The first bytes, so many, as they came. */
  byte[] bytes(int count) throws IOException {
    byte[] bytes = Arrays.copyOf(begun, count);
    int more = Math.max(0, count - begun.length);
    int read = socket.getInputStream().readNBytes(bytes, count - more, more);
    return Arrays.copyOf(bytes, count - more + read);
  }
}
