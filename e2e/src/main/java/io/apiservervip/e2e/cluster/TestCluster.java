package io.apiservervip.e2e.cluster;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
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
    System.out.println("The API is " + cluster.name() + ".");
    return cluster;
  }

  /**
   * A real one with controllers and scheduler, so that pods are made and placed.
   *
   * @param assets the folder with its programs
   */
  static TestCluster whole(Path assets) throws IOException, InterruptedException {
    return RealCluster.whole(assets, Scratch.named("asvip-cluster"));
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

  /**
   * One more API server on the same store, on a host of the lab; it may take seconds to be ready.
   */
  ApiDoor open(Lab lab, Host host) throws IOException, InterruptedException;

  /** Requests as the administrator, byte for byte. */
  default ApiCalls calls() throws IOException {
    return ApiCalls.to(this);
  }

  /** Writes a kubeconfig for a program on the loopback that has this token. */
  default Path kubeconfig(Path directory, String token) throws IOException {
    return kubeconfig(directory.resolve("kubeconfig"), "127.0.0.1:" + port(), token);
  }

  /** Writes a kubeconfig for a program that has this token and asks this host:port. */
  default Path kubeconfig(Path file, String server, String token) throws IOException {
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: test
        clusters: [{name: test, cluster: {server: "https://%s", certificate-authority: "%s"}}]
        users: [{name: test, user: {token: "%s"}}]
        contexts: [{name: test, context: {cluster: test, user: test}}]
        """
            .formatted(server, authority(), token));
  }

  @Override
  void close() throws IOException;
}
