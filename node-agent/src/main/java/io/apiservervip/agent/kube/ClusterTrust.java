package io.apiservervip.agent.kube;

import io.apiservervip.agent.health.CertificateNames;
import io.apiservervip.agent.health.ServerCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Knows an API server by the cluster's certificate authority and by name: its certificate covers
 * what was dialled, or {@code kubernetes.default.svc}, which the certificate of every API server
 * covers while that of a node's address may not. The extended form, as the JDK would otherwise look
 * for the dialled name alone.
 */
final class ClusterTrust extends X509ExtendedTrustManager {
  private static final String SERVICE = "kubernetes.default.svc";
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private final X509TrustManager chains;

  private ClusterTrust(X509TrustManager chains) {
    this.chains = chains;
  }

  /** TLS that trusts the authorities in this PEM file and shows no certificate of its own. */
  static SSLContext context(Path authorities) throws IOException {
    try (InputStream in = Files.newInputStream(authorities)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate authority :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + number++, authority);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return context(null, factory.getTrustManagers());
    } catch (GeneralSecurityException e) {
      throw new IOException(
          authorities + " holds no usable certificate authority: " + e.getMessage(), e);
    }
  }

  /** TLS with these managers, and with the rule for names. */
  static SSLContext context(KeyManager @Nullable [] keys, TrustManager[] trust)
      throws GeneralSecurityException {
    for (TrustManager manager : trust) {
      if (manager instanceof X509TrustManager chains) {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new ClusterTrust(chains)}, null);
        return context;
      }
    }
    throw new GeneralSecurityException("no X.509 trust manager");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, authType, engine.getPeerHost());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    if (!(socket instanceof SSLSocket tls)) {
      throw new CertificateException("not a TLS socket");
    }
    check(chain, authType, tls.getHandshakeSession().getPeerHost());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("nothing is known of the server that was dialled");
  }

  private void check(X509Certificate[] chain, String authType, @Nullable String host)
      throws CertificateException {
    chains.checkServerTrusted(chain, authType);
    List<String> names = names(chain[0]);
    ServerCertificate certificate =
        new ServerCertificate(names, chain[0].getNotAfter().toInstant());
    List<String> known = host == null ? List.of(SERVICE) : List.of(host, SERVICE);
    if (CertificateNames.missingNames(certificate, known).size() == known.size()) {
      throw new CertificateException(
          "the certificate of "
              + host
              + " names neither it nor "
              + SERVICE
              + ", but "
              + String.join(", ", names));
    }
  }

  private static List<String> names(X509Certificate certificate) throws CertificateException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names == null
        ? List.of()
        : names.stream()
            .filter(name -> name.getFirst() instanceof Integer type && subject(type))
            .map(name -> String.valueOf(name.get(1)))
            .toList();
  }

  private static boolean subject(int type) {
    return type == DNS_NAME || type == IP_ADDRESS;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return chains.getAcceptedIssuers();
  }
}
