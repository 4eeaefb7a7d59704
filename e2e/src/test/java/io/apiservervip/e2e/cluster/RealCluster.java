package io.apiservervip.e2e.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * etcd and a kube-apiserver as processes of their own on the loopback, everything in one directory.
 * No controllers run: nothing collects garbage, starts pods or fills Endpoints.
 */
final class RealCluster implements TestCluster {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final ServerProcess etcd;
  private final ServerProcess api;
  private final int port;
  private final Scratch scratch;

  private RealCluster(ServerProcess etcd, ServerProcess api, int port, Scratch scratch) {
    this.etcd = etcd;
    this.api = api;
    this.port = port;
    this.scratch = scratch;
  }

  static RealCluster start(Path assets, Scratch scratch) throws IOException, InterruptedException {
    Path directory = scratch.directory();
    int etcdPort = ServerProcess.freePort();
    int port = ServerProcess.freePort();
    ServerKeys.write(directory);
    ServerProcess etcd = ServerProcess.start(etcd(assets, directory, etcdPort), directory, "etcd");
    ServerProcess api =
        ServerProcess.start(apiServer(assets, directory, etcdPort, port), directory, "apiserver");
    RealCluster cluster = new RealCluster(etcd, api, port, scratch);
    try {
      api.await(() -> Files.exists(cluster.authority()) && cluster.ready(), PATIENCE);
    } catch (IOException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  private boolean ready() throws IOException, InterruptedException {
    return calls().get("/readyz").code() == 200;
  }

  private static List<String> etcd(Path assets, Path directory, int port) throws IOException {
    String clients = "http://127.0.0.1:" + port;
    return List.of(
        assets.resolve("etcd").toString(),
        "--data-dir=" + directory.resolve("etcd"),
        "--listen-client-urls=" + clients,
        "--advertise-client-urls=" + clients,
        "--listen-peer-urls=http://127.0.0.1:" + ServerProcess.freePort());
  }

  private static List<String> apiServer(Path assets, Path directory, int etcdPort, int port) {
    return List.of(
        assets.resolve("kube-apiserver").toString(),
        "--etcd-servers=http://127.0.0.1:" + etcdPort,
        "--bind-address=127.0.0.1",
        "--secure-port=" + port,
        "--cert-dir=" + directory,
        "--token-auth-file=" + directory.resolve(ServerKeys.TOKENS),
        "--authorization-mode=Node,RBAC",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=" + directory.resolve(ServerKeys.SIGNING_KEY),
        "--service-account-signing-key-file=" + directory.resolve(ServerKeys.SIGNING_KEY),
        // no controller makes the service accounts that this plugin asks for
        "--disable-admission-plugins=ServiceAccount",
        // the loopback cannot be an endpoint
        "--endpoint-reconciler-type=none");
  }

  @Override
  public String name() {
    return "kube-apiserver on port " + port + ", logs in " + scratch.directory();
  }

  @Override
  public boolean validates() {
    return true;
  }

  @Override
  public int port() {
    return port;
  }

  /** The server signs its own certificate; the file holds it and its authority. */
  @Override
  public Path authority() {
    return scratch.directory().resolve("apiserver.crt");
  }

  @Override
  public String adminToken() {
    return ServerKeys.ADMIN_TOKEN;
  }

  @Override
  public void close() throws IOException {
    api.close();
    etcd.close();
    scratch.close();
  }
}
