package io.apiservervip.agent.health;

import io.apiservervip.agentapi.BackendAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of the checks. Every certificate is accepted, since the question is whether the server lives,
 * and kept, so that others can judge it. No server name is sent and no protocol is negotiated:
 * backends are addresses, and checks speak HTTP/1.1. Sessions are resumed for ten minutes, so that
 * a new certificate is seen by then. Owned by the check loop.
 */
final class ProbeTls {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeTls.class);
  private static final int SESSION_SECONDS = 600;
  private static final int SESSIONS = 64;

  /** Made at the first use: agents without TLS checks do not pay for it. */
  private @Nullable SSLContext context;

  /** The client's side of a new connection. */
  SSLEngine engine(BackendAddress address) throws GeneralSecurityException {
    SSLContext made = context;
    if (made == null) {
      made = SSLContext.getInstance("TLS");
      made.init(null, new TrustManager[] {new TrustForLiveness()}, null);
      made.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
      made.getClientSessionContext().setSessionCacheSize(SESSIONS);
      context = made;
    }
    SSLEngine engine = made.createSSLEngine(address.address().getHostAddress(), address.port());
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    return engine;
  }

  /**
   * Loads what a handshake needs, once: 0.4 s and more on a busy host, which would be taken from
   * the time-out of the first check.
   */
  void warmUp() {
    if (context != null) {
      return;
    }
    try {
      SSLEngine engine = engine(new BackendAddress(InetAddress.getLoopbackAddress(), 1));
      engine.beginHandshake();
      ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      SSLEngineResult result = engine.wrap(ByteBuffer.allocate(0), hello);
      LOG.atDebug().addKeyValue("bytes", result.bytesProduced()).log("TLS is ready");
    } catch (GeneralSecurityException | SSLException e) {
      LOG.atWarn().addKeyValue("error", e.getMessage()).log("TLS checks cannot work");
    }
  }

  /** What the server presented; null if it cannot be read. */
  static @Nullable ServerCertificate certificate(SSLSession session) {
    try {
      for (Certificate certificate : session.getPeerCertificates()) {
        if (certificate instanceof X509Certificate x509) {
          return new ServerCertificate(names(x509), x509.getNotAfter().toInstant());
        }
      }
      return null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  /** RFC 5280 §4.2.1.6: of the GeneralNames those numbered 2 (dNSName) and 7 (iPAddress). */
  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> found = certificate.getSubjectAlternativeNames();
      for (List<?> entry : found == null ? List.<List<?>>of() : found) {
        int type = (Integer) entry.get(0);
        if ((type == 2 || type == 7) && entry.get(1) instanceof String name) {
          names.add(name);
        }
      }
    } catch (CertificateParsingException e) {
      return List.of();
    }
    return names;
  }
}
