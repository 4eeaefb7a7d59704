package io.apiservervip.agent.kube;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A pod's service account, as the kubelet mounts it. The kubelet replaces token and certificate
 * authority while the pod runs, so both are read whenever they are needed.
 *
 * @param directory with {@code token} and {@code ca.crt}
 * @param servers where the pod's environment says that the API is, and the pod's own host, where an
 *     API server may run: the way to it needs neither Services nor a pod network
 */
public record ServiceAccount(Path directory, List<ApiServer> servers) implements ApiCredentials {
  private static final Path MOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final String HOST = "KUBERNETES_SERVICE_HOST";
  private static final String PORT = "KUBERNETES_SERVICE_PORT";
  private static final String OWN_HOST = "HOST_IP";
  private static final int OWN_PORT = 6443;

  public ServiceAccount {
    servers = List.copyOf(servers);
  }

  static ServiceAccount ofPod(Map<String, String> environment) throws IOException {
    String host = environment.get(HOST);
    if (host == null || host.isEmpty()) {
      throw new IOException(
          "no way to the API: neither KUBECONFIG nor " + HOST + " is set; set one of them");
    }
    try {
      int port = Integer.parseInt(environment.getOrDefault(PORT, "443"));
      ApiServer service = new ApiServer(host, port);
      String own = environment.getOrDefault(OWN_HOST, "");
      return new ServiceAccount(
          MOUNT, own.isEmpty() ? List.of(service) : List.of(service, new ApiServer(own, OWN_PORT)));
    } catch (IllegalArgumentException e) {
      throw new IOException(PORT + ": \"" + environment.get(PORT) + "\" is not a port", e);
    }
  }

  @Override
  public String scheme() {
    return "https";
  }

  @Override
  public SSLContext tls() throws IOException {
    return ClusterTrust.context(directory.resolve("ca.crt"));
  }

  @Override
  public @Nullable String token() throws IOException {
    return Files.readString(directory.resolve("token")).strip();
  }
}
