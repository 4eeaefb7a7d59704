package io.apiservervip.e2e.probe;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * Handshakes in memory, so that a virtual machine has compiled the code for them before the first
 * one counts: cold ones take a hundred times as long, and would be taken for the proxy's doing.
 */
final class TlsWarmUp {
  private static final int MOST = 500;
  private static final Duration LONGEST = Duration.ofSeconds(4);
  private static boolean warm;

  private TlsWarmUp() {}

  /** Once a program; later calls return at once. */
  static synchronized void run(TlsIdentity identity) throws IOException {
    if (warm) {
      return;
    }
    try {
      SslContext server = identity.server();
      SslContext client = TlsIdentity.client(ApplicationProtocolNames.HTTP_1_1);
      long deadline = System.nanoTime() + LONGEST.toNanos();
      for (int i = 0; i < MOST && System.nanoTime() < deadline; i++) {
        shake(
            client.newEngine(ByteBufAllocator.DEFAULT), server.newEngine(ByteBufAllocator.DEFAULT));
      }
      warm = true;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static void shake(SSLEngine client, SSLEngine server) throws SSLException {
    ByteBuffer toServer = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
    ByteBuffer toClient = ByteBuffer.allocate(2 * server.getSession().getPacketBufferSize());
    client.beginHandshake();
    server.beginHandshake();
    for (int i = 0; i < 100 && !(done(client) && done(server)); i++) {
      turn(client, toClient, toServer);
      turn(server, toServer, toClient);
    }
    client.closeOutbound();
    server.closeOutbound();
  }

  private static boolean done(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }

  private static void turn(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    ByteBuffer plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> engine.getDelegatedTask().run();
      case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING -> {
        in.flip();
        engine.unwrap(in, plain);
        in.compact();
      }
      case FINISHED -> {}
    }
  }
}
