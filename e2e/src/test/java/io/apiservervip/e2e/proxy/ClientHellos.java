package io.apiservervip.e2e.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** First flights of TLS clients, as bytes: RFC 8446 sections 4.1.2 and 5.1. */
final class ClientHellos {
  private static final int EARLY_DATA = 42;
  private static final String NAME = "first-flight-";

  private ClientHellos() {}

  /** What the JDK sends, made larger by at least so many bytes of protocol names. */
  static byte[] plain(int padding) throws GeneralSecurityException, SSLException {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setApplicationProtocols(
        IntStream.range(0, padding / 200 + 1)
            .mapToObj(i -> NAME + "x".repeat(187) + i)
            .toArray(String[]::new));
    engine.setSSLParameters(parameters);
    ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), hello);
    byte[] bytes = new byte[hello.flip().remaining()];
    hello.get(bytes);
    return bytes;
  }

  /**
   * The same with the extension early_data (RFC 8446 section 4.2.10, empty in a ClientHello) at its
   * end: three lengths grow by four.
   *
   * <pre>
   * record:    type(1) version(2) length(2)
   * handshake: type(1) length(3) version(2) random(32) session(1+n) suites(2+n) compression(1+n)
   *            extensions length(2) …
   * </pre>
   */
  static byte[] withEarlyData() throws GeneralSecurityException, SSLException {
    byte[] plain = plain(0);
    ByteBuffer hello = ByteBuffer.allocate(plain.length + 4).put(plain);
    hello.putShort((short) EARLY_DATA).putShort((short) 0);
    hello.putShort(3, (short) (hello.getShort(3) + 4));
    hello.putShort(7, (short) (hello.getShort(7) + 4));
    int at = 5 + 4 + 2 + 32;
    at += 1 + Byte.toUnsignedInt(hello.get(at));
    at += 2 + Short.toUnsignedInt(hello.getShort(at));
    at += 1 + Byte.toUnsignedInt(hello.get(at));
    hello.putShort(at, (short) (hello.getShort(at) + 4));
    return hello.array();
  }

  /** Whether these bytes are a whole record of a hello that is none of these. */
  static boolean isForeign(byte[] bytes) {
    return bytes.length > 100
        && bytes[0] == 22
        && ByteBuffer.wrap(bytes).getShort(3) + 5 == bytes.length
        && !new String(bytes, StandardCharsets.ISO_8859_1).contains(NAME);
  }

  /** A handshake record that a server may begin with; what is in it only the client would read. */
  static byte[] serverHello() {
    return new byte[] {22, 3, 3, 0, 4, 2, 0, 0, 0};
  }
}
