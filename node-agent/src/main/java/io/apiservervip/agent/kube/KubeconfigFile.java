package io.apiservervip.agent.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A kubeconfig file with its current context, read by the client library; read again once a minute
 * at most, since tokens in it are replaced. Safe across threads.
 */
final class KubeconfigFile implements ApiCredentials {
  private static final long FRESH_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  private final Path file;
  private Config config;
  private long readNanos = System.nanoTime();

  private KubeconfigFile(Path file, Config config) {
    this.file = file;
    this.config = config;
  }

  static KubeconfigFile open(Path file) throws IOException {
    return new KubeconfigFile(file, read(file));
  }

  @Override
  public List<ApiServer> servers() {
    URI master = URI.create(current().getMasterUrl());
    int port = master.getPort();
    String host = String.valueOf(master.getHost()).replace("[", "").replace("]", "");
    int standard = scheme().equals("https") ? HTTPS : HTTP;
    return List.of(new ApiServer(host, port > 0 ? port : standard));
  }

  @Override
  public String scheme() {
    return String.valueOf(URI.create(current().getMasterUrl()).getScheme());
  }

  @Override
  public SSLContext tls() throws IOException {
    Config now = current();
    try {
      return ClusterTrust.context(ClientKeys.of(now), SSLUtils.trustManagers(now));
    } catch (GeneralSecurityException e) {
      throw new IOException(file + ": keys cannot be used: " + e.getMessage(), e);
    }
  }

  @Override
  public @Nullable String token() {
    Config now = current();
    String token = now.getOauthToken();
    return token == null ? now.getAutoOAuthToken() : token;
  }

  private synchronized Config current() {
    long now = System.nanoTime();
    if (now - readNanos >= FRESH_NANOS) {
      readNanos = now;
      try {
        config = read(file);
      } catch (IOException e) {
        return config; // one that is being replaced: what was read last holds
      }
    }
    return config;
  }

  private static Config read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("KUBECONFIG: " + file + " cannot be read");
    }
    try {
      Config config = Config.fromKubeconfig(file.toFile());
      if (config.isTrustCerts()) {
        throw new IOException(
            file + ": insecure-skip-tls-verify is refused; give certificate-authority");
      }
      return config;
    } catch (KubernetesClientException | IllegalArgumentException e) {
      throw new IOException("KUBECONFIG: " + file + ": " + e.getMessage(), e);
    }
  }
}
