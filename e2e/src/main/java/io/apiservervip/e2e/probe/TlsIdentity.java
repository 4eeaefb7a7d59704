package io.apiservervip.e2e.probe;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * A key (RSA 2048, as kubeadm's) and a self-signed certificate for the lab's servers, made by the
 * JDK's keytool. One for all: who answers says so in the answer.
 */
public record TlsIdentity(Path store) {
  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "server";

  /** Names that the certificate is good for: every host, the virtual addresses, the loopback. */
  private static final String NAMES =
      "SAN=dns:kubernetes.default.svc,dns:localhost,ip:127.0.0.1,ip:10.99.0.50,ip:10.99.0.51,"
          + "ip:10.99.0.11,ip:10.99.0.12,ip:10.99.0.13,ip:fd99::50,ip:fd99::11,ip:fd99::12,"
          + "ip:fd99::13";

  /** Makes one in the directory, which takes a second; one that is there already is used again. */
  public static TlsIdentity in(Path directory) throws IOException, InterruptedException {
    Path store = directory.resolve("servers.p12");
    if (!Files.exists(store)) {
      keytool(store);
    }
    return new TlsIdentity(store);
  }

  private static void keytool(Path store) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-alias",
            ALIAS,
            "-keyalg",
            "RSA",
            "-keysize",
            "2048",
            "-validity",
            "3650",
            "-dname",
            "CN=kube-apiserver",
            "-ext",
            NAMES);
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
  }

  /** What servers offer: HTTP/2 and HTTP/1.1. */
  SslContext server() throws IOException, GeneralSecurityException {
    return SslContextBuilder.forServer(keyManagers())
        .sslProvider(SslProvider.JDK)
        .applicationProtocolConfig(
            protocols(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1))
        .build();
  }

  /** The same for sockets of the JDK, without a choice of protocols. */
  public SSLContext context() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers().getKeyManagers(), null, null);
    return context;
  }

  /** What clients want, which trust everybody: the door is tested, not its certificates. */
  static SslContext client(String protocol) throws SSLException {
    return SslContextBuilder.forClient()
        .sslProvider(SslProvider.JDK)
        .trustManager(InsecureTrustManagerFactory.INSTANCE)
        .endpointIdentificationAlgorithm(null)
        .applicationProtocolConfig(protocols(protocol))
        .build();
  }

  private static ApplicationProtocolConfig protocols(String... names) {
    return new ApplicationProtocolConfig(
        Protocol.ALPN,
        SelectorFailureBehavior.NO_ADVERTISE,
        SelectedListenerFailureBehavior.ACCEPT,
        names);
  }

  /** The certificate, for clients that do check it. */
  public String pem() throws IOException, GeneralSecurityException {
    return Pem.certificate(keys().getCertificate(ALIAS));
  }

  /** The private key, for servers that are not of the JDK. */
  public String keyPem() throws IOException, GeneralSecurityException {
    return Pem.privateKey(keys().getKey(ALIAS, PASSWORD.toCharArray()));
  }

  private KeyManagerFactory keyManagers() throws IOException, GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys(), PASSWORD.toCharArray());
    return factory;
  }

  private KeyStore keys() throws IOException, GeneralSecurityException {
    try (InputStream bytes = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(bytes, PASSWORD.toCharArray());
      return keys;
    }
  }
}
