package io.apiservervip.agent.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The client certificate of a kubeconfig with its key. The kubelet keeps both in one file, which
 * the client library cannot read: each gets its own part.
 */
final class ClientKeys {
  private static final Pattern CERTIFICATES =
      Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);
  private static final Pattern KEYS =
      Pattern.compile(
          "-----BEGIN ([A-Z]+ )?PRIVATE KEY-----.*?-----END ([A-Z]+ )?PRIVATE KEY-----",
          Pattern.DOTALL);

  private ClientKeys() {}

  /** Null where the kubeconfig names none. */
  static KeyManager @Nullable [] of(Config config) throws IOException, GeneralSecurityException {
    String certificate = pem(config.getClientCertData(), config.getClientCertFile());
    String key = pem(config.getClientKeyData(), config.getClientKeyFile());
    if (certificate == null || key == null) {
      return null;
    }
    byte[] keys = part(KEYS, key);
    return SSLUtils.keyManagers(
        new ByteArrayInputStream(part(CERTIFICATES, certificate)),
        new ByteArrayInputStream(keys),
        Config.getKeyAlgorithm(new ByteArrayInputStream(keys)),
        "",
        null,
        "changeit");
  }

  private static @Nullable String pem(@Nullable String data, @Nullable String file)
      throws IOException {
    if (data != null) {
      return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
    }
    return file == null ? null : Files.readString(Path.of(file));
  }

  private static byte[] part(Pattern blocks, String pem) {
    return blocks
        .matcher(pem)
        .results()
        .map(block -> block.group() + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }
}
