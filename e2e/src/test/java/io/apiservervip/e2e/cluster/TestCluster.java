package io.apiservervip.e2e.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One API server to test against, on the loopback. */
public sealed interface TestCluster extends AutoCloseable permits MockCluster, RealCluster {
  /** Where etcd and kube-apiserver are, as controller-runtime's envtest has it. */
  String ASSETS = "KUBEBUILDER_ASSETS";

  /** The real one where its programs are given, else the mock; says which on standard output. */
  static TestCluster start() throws IOException, InterruptedException {
    Scratch scratch = Scratch.named("asvip-cluster");
    Optional<Path> assets = Optional.ofNullable(System.getenv(ASSETS)).map(Path::of);
    TestCluster cluster =
        assets.isPresent() ? RealCluster.start(assets.get(), scratch) : MockCluster.start(scratch);
    System.out.println("test cluster: " + cluster.name());
    return cluster;
  }

  /** What it is, for people. */
  String name();

  /** Whether it checks schemas, rules, permissions and policies; the mock takes whatever comes. */
  boolean validates();

  /** Port on 127.0.0.1, TLS. */
  int port();

  /** PEM of the authority that the server's certificate is checked against. */
  Path authority();

  /** Bearer token of a cluster administrator. */
  String adminToken();

  /** Requests as the administrator, byte for byte. */
  default ApiCalls calls() throws IOException {
    return ApiCalls.to(this);
  }

  /** Settings for fabric8's client, as the administrator. */
  default Config adminConfig() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("https://127.0.0.1:" + port())
        .withCaCertFile(authority().toString())
        .withOauthToken(adminToken())
        .build();
  }

  /** Writes a kubeconfig for a program that has this token. */
  default Path kubeconfig(Path directory, String token) throws IOException {
    return Files.writeString(
        directory.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: test
        clusters: [{name: test, cluster: {server: "https://127.0.0.1:%d", certificate-authority: "%s"}}]
        users: [{name: test, user: {token: "%s"}}]
        contexts: [{name: test, context: {cluster: test, user: test}}]
        """
            .formatted(port(), authority(), token));
  }

  @Override
  void close() throws IOException;
}
