package io.apiservervip.e2e.cluster;

import io.apiservervip.e2e.probe.Pem;
import io.apiservervip.e2e.probe.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;

/** The secrets that a kube-apiserver of one test starts with. */
final class ServerKeys {
  static final String TOKENS = "tokens.csv";
  static final String SIGNING_KEY = "signing.key";
  static final String AUTHORITY = "ca.crt";
  static final String SERVER_KEY = "server.key";
  static final String ADMIN_TOKEN = "admin-token";

  private ServerKeys() {}

  static void write(Path directory) throws IOException, InterruptedException {
    TlsIdentity identity = TlsIdentity.in(directory);
    Files.writeString(directory.resolve(TOKENS), ADMIN_TOKEN + ",admin,admin,system:masters\n");
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
      keys.initialize(2048);
      Files.writeString(
          directory.resolve(SIGNING_KEY), Pem.privateKey(keys.generateKeyPair().getPrivate()));
      Files.writeString(directory.resolve(AUTHORITY), identity.pem());
      Files.writeString(directory.resolve(SERVER_KEY), identity.keyPem());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
