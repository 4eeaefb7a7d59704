package io.apiservervip.agent.kube;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Who this program is to the API servers, and by what it knows them. Any thread. */
public interface ApiCredentials {
  /** The servers that come with the credentials, before anything else is known. */
  List<ApiServer> servers();

  /** {@code https}, or {@code http} where a kubeconfig says so. */
  String scheme();

  /**
   * TLS with the cluster's certificate authority alone, from what the files hold now; asked once a
   * connection.
   */
  SSLContext tls() throws IOException;

  /** The bearer token as it is now; null where none is used. */
  @Nullable String token() throws IOException;

  /**
   * Those of this process: the file that KUBECONFIG names, else the pod's service account.
   *
   * @throws IOException with one line for people where there are none, or they cannot be used
   */
  static ApiCredentials find() throws IOException {
    String kubeconfig = System.getenv("KUBECONFIG");
    return kubeconfig == null || kubeconfig.isEmpty()
        ? ServiceAccount.ofPod(System.getenv())
        : KubeconfigFile.open(Path.of(kubeconfig));
  }
}
