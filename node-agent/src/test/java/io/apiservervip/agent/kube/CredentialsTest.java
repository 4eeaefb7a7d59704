package io.apiservervip.agent.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  @TempDir private Path dir;

  @Test
  void thePodsEnvironmentNamesTheServer() throws IOException {
    ServiceAccount account =
        ServiceAccount.ofPod(
            Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "6443"));
    assertThat(account.servers()).containsExactly(new ApiServer("fd00::1", 6443));
    assertThat(account.scheme()).isEqualTo("https");
    assertThat(account.directory())
        .isEqualTo(Path.of("/var/run/secrets/kubernetes.io/serviceaccount"));
  }

  @Test
  void anApiServerOnThePodsOwnHostNeedsNoServices() throws IOException {
    ServiceAccount account =
        ServiceAccount.ofPod(
            Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1", "HOST_IP", "10.99.0.11"));
    assertThat(account.servers())
        .containsExactly(new ApiServer("10.96.0.1", 443), new ApiServer("10.99.0.11", 6443));
  }

  @Test
  void withoutEnvironmentAndKubeconfigTheRemedyIsSaid() {
    assertThatIOException()
        .isThrownBy(() -> ServiceAccount.ofPod(Map.of()))
        .withMessage(
            "no way to the API: neither KUBECONFIG nor KUBERNETES_SERVICE_HOST is set; set one of"
                + " them");
  }

  @Test
  void whatIsNoPortIsSaid() {
    assertThatIOException()
        .isThrownBy(
            () ->
                ServiceAccount.ofPod(
                    Map.of("KUBERNETES_SERVICE_HOST", "h", "KUBERNETES_SERVICE_PORT", "many")))
        .withMessage("KUBERNETES_SERVICE_PORT: \"many\" is not a port");
  }

  @Test
  void anAuthorityThatIsNoneIsSaid() throws IOException {
    Files.writeString(dir.resolve("ca.crt"), "nothing");
    assertThatIOException()
        .isThrownBy(() -> new ServiceAccount(dir, List.of(new ApiServer("h", 1))).tls())
        .withMessageContaining("ca.crt holds no usable certificate authority");
  }

  @Test
  void aKubeconfigGivesServerAuthorityAndToken() throws Exception {
    try (LocalApiServer server = LocalApiServer.start("127.0.0.1", LocalApiServer.VALID)) {
      Path file = kubeconfig(server, "certificate-authority: " + authority(), "token: secret");
      KubeconfigFile credentials = KubeconfigFile.open(file);
      assertThat(credentials.servers()).containsExactly(server.address());
      assertThat(credentials.scheme()).isEqualTo("https");
      assertThat(trial(credentials, server)).isEqualTo(Trial.status(200));
      assertThat(server.authorization()).isEqualTo("Bearer secret");
    }
  }

  /** As the kubelet keeps it: certificate and key in one file. */
  @Test
  void aKubeconfigWithACertificateAndItsKeyInOneFileCanBeUsed() throws Exception {
    Path pair = authority().resolveSibling("kubelet.pem");
    try (LocalApiServer server = LocalApiServer.start("127.0.0.1", LocalApiServer.VALID)) {
      Path file =
          kubeconfig(
              server,
              "certificate-authority: " + authority(),
              "client-certificate: " + pair + ", client-key: " + pair);
      assertThat(trial(KubeconfigFile.open(file), server)).isEqualTo(Trial.status(200));
    }
  }

  @Test
  void aKubeconfigThatTrustsEverybodyIsRefused() throws Exception {
    try (LocalApiServer server = LocalApiServer.start("127.0.0.1", LocalApiServer.VALID)) {
      Path file = kubeconfig(server, "insecure-skip-tls-verify: true", "token: secret");
      assertThatIOException()
          .isThrownBy(() -> KubeconfigFile.open(file))
          .withMessage(file + ": insecure-skip-tls-verify is refused; give certificate-authority");
    }
  }

  @Test
  void aKubeconfigThatIsNotThereIsSaid() {
    assertThatIOException()
        .isThrownBy(() -> KubeconfigFile.open(dir.resolve("none")))
        .withMessage("KUBECONFIG: " + dir.resolve("none") + " cannot be read");
  }

  @Test
  void aKubeconfigThatIsNoneIsSaid() throws IOException {
    Path file = Files.writeString(dir.resolve("kubeconfig"), "{{{");
    assertThatIOException()
        .isThrownBy(() -> KubeconfigFile.open(file))
        .withMessageStartingWith("KUBECONFIG: " + file);
  }

  /** A busy machine may need more than the 2 s of one. */
  private static Trial trial(ApiCredentials credentials, LocalApiServer server) throws Exception {
    Trial last = Trial.silent("not asked");
    try (ApiHttp http = ApiHttp.open(credentials, "test")) {
      for (int i = 0; i < 5 && last.answer() == Trial.Answer.SILENT; i++) {
        last =
            ServerSearch.ask(http, List.of(server.address())).getOrDefault(server.address(), last);
      }
    }
    return last;
  }

  private static Path authority() {
    return LocalApiServer.authority(LocalApiServer.VALID);
  }

  private Path kubeconfig(LocalApiServer server, String cluster, String user) throws IOException {
    return Files.writeString(
        dir.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: c
        clusters: [{name: c, cluster: {server: "https://%s", %s}}]
        users: [{name: u, user: {%s}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        """
            .formatted(server.address(), cluster, user));
  }
}
