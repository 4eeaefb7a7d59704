package io.apiservervip.agent.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** ClientHellos of the tests, by hand and by the JDK. */
final class Hellos {
  static final int EARLY_DATA = 42;

  private Hellos() {}

  /** What the JDK sends first. */
  static byte[] ofTheJdk(String... protocols) {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine("kubernetes.default.svc", 6443);
      engine.setUseClientMode(true);
      engine.setEnabledProtocols(protocols);
      ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), out);
      byte[] hello = new byte[out.position()];
      out.get(0, hello);
      return hello;
    } catch (GeneralSecurityException | SSLException e) {
      throw new AssertionError(e);
    }
  }

  /** A ClientHello message with one suite, no session and these extensions. */
  static byte[] message(byte[]... extensions) {
    byte[] all = concat(extensions);
    byte[] body =
        concat(
            new byte[] {3, 3},
            new byte[32],
            new byte[] {0, 0, 2, 0x13, 1, 1, 0},
            new byte[] {(byte) (all.length >> 8), (byte) all.length},
            all);
    return handshake(1, body);
  }

  static byte[] handshake(int type, byte[] body) {
    byte[] header = {
      (byte) type, (byte) (body.length >> 16), (byte) (body.length >> 8), (byte) body.length
    };
    return concat(header, body);
  }

  static byte[] extension(int type, int length) {
    return concat(
        new byte[] {(byte) (type >> 8), (byte) type, (byte) (length >> 8), (byte) length},
        new byte[length]);
  }

  /** The message in records of at most so many bytes. */
  static byte[] records(byte[] message, int most) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int from = 0; from < message.length; from += most) {
      int length = Math.min(most, message.length - from);
      out.writeBytes(new byte[] {0x16, 3, 1, (byte) (length >> 8), (byte) length});
      out.write(message, from, length);
    }
    return out.toByteArray();
  }

  /** A flight of exactly so many bytes in one record. */
  static byte[] ofLength(int bytes) {
    int overhead = records(message(extension(21, 0)), 16_384).length;
    return records(message(extension(21, bytes - overhead)), 16_384);
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
