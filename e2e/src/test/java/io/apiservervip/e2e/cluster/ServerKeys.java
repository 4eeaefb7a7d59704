package io.apiservervip.e2e.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** The secrets that a kube-apiserver of one test starts with. */
final class ServerKeys {
  static final String TOKENS = "tokens.csv";
  static final String SIGNING_KEY = "signing.key";
  static final String ADMIN_TOKEN = "admin-token";

  private ServerKeys() {}

  static void write(Path directory) throws IOException {
    Files.writeString(directory.resolve(TOKENS), ADMIN_TOKEN + ",admin,admin,system:masters\n");
    Files.writeString(directory.resolve(SIGNING_KEY), signingKey());
  }

  private static String signingKey() throws IOException {
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
      keys.initialize(2048);
      byte[] key = keys.generateKeyPair().getPrivate().getEncoded();
      return "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(key)
          + "\n-----END PRIVATE KEY-----\n";
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
