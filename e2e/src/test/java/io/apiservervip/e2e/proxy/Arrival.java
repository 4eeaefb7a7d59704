package io.apiservervip.e2e.proxy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;

/**
 * A client's connection that reached a server.
 *
 * @param in all that it sends, from its first byte on
 */
record Arrival(String server, Socket socket, InputStream in) {
  static Arrival of(String server, Socket socket, byte[] begun) throws IOException {
    InputStream in =
        new SequenceInputStream(new ByteArrayInputStream(begun), socket.getInputStream());
    return new Arrival(server, socket, in);
  }

  /** The next bytes, so many, as they came. */
  byte[] bytes(int count) throws IOException {
    return in.readNBytes(count);
  }
}
