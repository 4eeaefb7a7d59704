package io.apiservervip.e2e.cluster;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * etcd and a kube-apiserver as processes of their own on the loopback, everything in one directory.
 * Unless they are asked for no controllers run: nothing collects garbage, starts pods or fills
 * Endpoints.
 */
final class RealCluster implements TestCluster {
  /** etcd makes it in its working directory and wants the form host:port. */
  private static final String SOCKET = "etcd:0";

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** What makes pods and finds nodes for them; kubelets belong to the hosts. */
  private static final List<String> CONTROLLERS =
      List.of("kube-controller-manager", "kube-scheduler");

  /** No controller makes the service accounts that this plugin asks for. */
  private static final String WITHOUT_ACCOUNTS = "--disable-admission-plugins=ServiceAccount";

  private final Path assets;
  private final List<ServerProcess> controllers = new ArrayList<>();
  private final List<String> admission;
  private final ServerProcess etcd;
  private final ServerProcess api;
  private final int port;
  private final Scratch scratch;

  private RealCluster(
      Path assets,
      List<String> admission,
      ServerProcess etcd,
      ServerProcess api,
      int port,
      Scratch scratch) {
    this.assets = assets;
    this.admission = List.copyOf(admission);
    this.etcd = etcd;
    this.api = api;
    this.port = port;
    this.scratch = scratch;
  }

  static RealCluster start(Path assets, Scratch scratch) throws IOException, InterruptedException {
    return start(assets, List.of(WITHOUT_ACCOUNTS), scratch);
  }

  /** With controllers and scheduler. */
  static RealCluster whole(Path assets, Scratch scratch) throws IOException, InterruptedException {
    RealCluster cluster = start(assets, List.of(), scratch);
    Path directory = scratch.directory();
    Path kubeconfig = cluster.kubeconfig(directory, cluster.adminToken());
    for (String program : CONTROLLERS) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  assets.resolve(program).toString(),
                  "--kubeconfig=" + kubeconfig,
                  "--leader-elect=false",
                  "--secure-port=0"));
      if (program.equals(CONTROLLERS.getFirst())) {
        command.add("--controllers=*,-nodeipam,-cloud-node-lifecycle");
        command.add("--root-ca-file=" + cluster.authority());
        command.add(
            "--service-account-private-key-file=" + directory.resolve(ServerKeys.SIGNING_KEY));
      }
      cluster.controllers.add(ServerProcess.start(command, directory, program));
    }
    return cluster;
  }

  private static RealCluster start(Path assets, List<String> admission, Scratch scratch)
      throws IOException, InterruptedException {
    Path directory = scratch.directory();
    int port = ServerProcess.freePort();
    ServerKeys.write(directory);
    ServerProcess etcd = ServerProcess.start(etcd(assets, directory), directory, "etcd");
    ServerProcess api =
        ServerProcess.start(
            apiServer(
                assets, directory, admission, "--bind-address=127.0.0.1", "--secure-port=" + port),
            directory,
            "apiserver");
    RealCluster cluster = new RealCluster(assets, admission, etcd, api, port, scratch);
    try {
      api.await(cluster::ready, PATIENCE);
    } catch (IOException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  private boolean ready() throws IOException, InterruptedException {
    return calls().get("/readyz").code() == 200;
  }

  /** By a socket in the file system, which is one for all network namespaces. */
  private static List<String> etcd(Path assets, Path directory) throws IOException {
    String clients = "http://127.0.0.1:" + ServerProcess.freePort();
    return List.of(
        assets.resolve("etcd").toString(),
        "--data-dir=" + directory.resolve("etcd"),
        "--listen-client-urls=" + clients + ",unix://" + SOCKET,
        "--advertise-client-urls=" + clients,
        "--listen-peer-urls=http://127.0.0.1:" + ServerProcess.freePort());
  }

  private static List<String> apiServer(
      Path assets, Path directory, List<String> admission, String... where) {
    List<String> command =
        new ArrayList<>(
            List.of(
                assets.resolve("kube-apiserver").toString(),
                "--etcd-servers=unix://" + directory.resolve(SOCKET),
                "--tls-cert-file=" + directory.resolve(ServerKeys.AUTHORITY),
                "--tls-private-key-file=" + directory.resolve(ServerKeys.SERVER_KEY),
                "--token-auth-file=" + directory.resolve(ServerKeys.TOKENS),
                "--authorization-mode=Node,RBAC",
                "--service-cluster-ip-range=10.96.0.0/16",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + directory.resolve(ServerKeys.SIGNING_KEY),
                "--service-account-signing-key-file=" + directory.resolve(ServerKeys.SIGNING_KEY),
                // the loopback cannot be an endpoint, and who tests says what the endpoints are
                "--endpoint-reconciler-type=none"));
    command.addAll(admission);
    command.addAll(List.of(where));
    return command;
  }

  @Override
  public ApiDoor open(Lab lab, Host host) throws IOException {
    return ProgramDoor.open(
        lab,
        host,
        apiServer(
            assets,
            scratch.directory(),
            admission,
            "--bind-address=0.0.0.0",
            "--advertise-address=" + host.ipv4(),
            "--secure-port=" + ApiDoor.PORT),
        authority());
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

  @Override
  public Path authority() {
    return scratch.directory().resolve(ServerKeys.AUTHORITY);
  }

  @Override
  public String adminToken() {
    return ServerKeys.ADMIN_TOKEN;
  }

  @Override
  public void close() throws IOException {
    controllers.forEach(ServerProcess::close);
    api.close();
    etcd.close();
    scratch.close();
  }
}
