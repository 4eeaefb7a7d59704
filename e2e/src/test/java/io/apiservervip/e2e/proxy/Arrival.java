package io.apiservervip.e2e.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;

/**
 * A client's connection that reached a server.
 *
 * @param begun the bytes that were read to tell it from a check
 */
record Arrival(String server, Socket socket, byte[] begun) {
  /** The first bytes, so many, as they came. */
  byte[] bytes(int count) throws IOException {
    byte[] bytes = Arrays.copyOf(begun, count);
    int more = Math.max(0, count - begun.length);
    int read = socket.getInputStream().readNBytes(bytes, count - more, more);
    return Arrays.copyOf(bytes, count - more + read);
  }
}
