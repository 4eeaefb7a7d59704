package io.apiservervip.e2e.nodes;

import io.apiservervip.e2e.lab.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Containerd and kubelet of one host: in the host's network, in a mount namespace of their own with
 * a state directory of agents of its own, below one directory. For pods on the host's network only.
 * When the host's namespace is removed, all their processes end, and with them their mounts.
 */
final class RealNode implements AutoCloseable {
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  private final Host host;
  private final Path directory;
  private final Process containerd;
  private final Process kubelet;

  private RealNode(Host host, Path directory, Process containerd, Process kubelet) {
    this.host = host;
    this.directory = directory;
    this.containerd = containerd;
    this.kubelet = kubelet;
  }

  /** Starts both and imports the images. */
  static RealNode start(
      Host host, Path directory, Path kubeletProgram, Path kubeconfig, List<Path> images)
      throws IOException, InterruptedException {
    for (String part : List.of("agents", "cni", "manifests")) {
      Files.createDirectories(directory.resolve(part));
    }
    Files.writeString(
        directory.resolve("cni/10-lo.conflist"),
        "{\"cniVersion\":\"0.4.0\",\"name\":\"lo\",\"plugins\":[{\"type\":\"loopback\"}]}");
    Files.writeString(directory.resolve("containerd.toml"), containerd(directory));
    Files.writeString(directory.resolve("kubelet.yaml"), kubelet(host, directory));
    cgroups(host);
    Files.createDirectories(Path.of("/var/lib/apiserver-vip"));
    String network = "--net=/run/netns/" + host.namespace().name();
    Process containerd =
        Machine.start(
            directory.resolve("containerd.log"),
            List.of(
                "nsenter",
                network,
                "unshare",
                "--mount",
                "--propagation",
                "slave",
                "sh",
                "-c",
                "mount --bind \"$0/agents\" /var/lib/apiserver-vip && exec containerd -c"
                    + " \"$0/containerd.toml\"",
                directory.toString()));
    load(directory, images);
    Process kubelet =
        Machine.start(
            directory.resolve("kubelet.log"),
            List.of(
                "nsenter",
                network,
                "--mount=/proc/" + containerd.pid() + "/ns/mnt",
                kubeletProgram.toString(),
                "--config=" + directory.resolve("kubelet.yaml"),
                "--kubeconfig=" + kubeconfig,
                "--hostname-override=" + host.node(),
                "--node-ip=" + host.ipv4(),
                "--root-dir=" + directory.resolve("kubelet"),
                "--cert-dir=" + directory.resolve("pki")));
    return new RealNode(host, directory, containerd, kubelet);
  }

  private static void load(Path directory, List<Path> images)
      throws IOException, InterruptedException {
    Path socket = directory.resolve("c.sock");
    for (int i = 0; i < 200 && !Files.exists(socket); i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    for (Path image : images) {
      ctr(directory, "images", "import", "--snapshotter", "native", image.toString());
    }
  }

  /** Gives an image a second name. */
  void tag(String image, String name) throws IOException, InterruptedException {
    ctr(directory, "images", "tag", image, name);
  }

  private static void ctr(Path directory, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ctr", "-a", directory + "/c.sock"));
    command.addAll(List.of("-n", "k8s.io"));
    command.addAll(List.of(arguments));
    Machine.run(120, command.toArray(String[]::new));
  }

  private static String containerd(Path directory) {
    return """
        version = 2
        root = "%1$s/root"
        state = "%1$s/state"
        [grpc]
          address = "%1$s/c.sock"
        [plugins."io.containerd.internal.v1.opt"]
          path = "%1$s/opt"
        [plugins."io.containerd.grpc.v1.cri"]
          restrict_oom_score_adj = true
          disable_apparmor = true
          disable_tcp_service = true
          sandbox_image = "%2$s"
          [plugins."io.containerd.grpc.v1.cri".cni]
            conf_dir = "%1$s/cni"
            bin_dir = "/usr/lib/cni"
          [plugins."io.containerd.grpc.v1.cri".containerd]
            snapshotter = "native"
            [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
              runtime_type = "io.containerd.runc.v2"
              [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
                SystemdCgroup = false
        """
        .formatted(directory, PauseImage.NAME);
  }

  private static String kubelet(Host host, Path directory) {
    return """
        apiVersion: kubelet.config.k8s.io/v1beta1
        kind: KubeletConfiguration
        failCgroupV1: false
        cgroupDriver: cgroupfs
        cgroupRoot: /%1$s
        enforceNodeAllocatable: []
        failSwapOn: false
        staticPodPath: %2$s/manifests
        authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
        authorization: {mode: AlwaysAllow}
        containerRuntimeEndpoint: unix://%2$s/c.sock
        oomScoreAdj: 0
        localStorageCapacityIsolation: false
        resolvConf: ""
        address: %3$s
        healthzBindAddress: 127.0.0.1
        evictionHard: {memory.available: 50Mi}
        nodeStatusUpdateFrequency: 5s
        makeIPTablesUtilChains: false
        maxPods: 20
        podLogsDir: %2$s/pod-logs
        """
        .formatted(cgroup(host), directory, host.ipv4());
  }

  private static String cgroup(Host host) {
    return "asvip-" + host.namespace().name();
  }

  /** The kubelet wants its root to be there: one group, or one in every hierarchy of version 1. */
  private static void cgroups(Host host) throws IOException {
    for (Path hierarchy : hierarchies()) {
      Path own = Files.createDirectories(hierarchy.resolve(cgroup(host)));
      for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
        if (hierarchy.endsWith("cpuset")) {
          Files.write(own.resolve(file), Files.readAllBytes(hierarchy.resolve(file)));
        }
      }
    }
  }

  private static List<Path> hierarchies() throws IOException {
    if (Files.exists(CGROUPS.resolve("cgroup.controllers"))) {
      return List.of(CGROUPS);
    }
    try (Stream<Path> all = Files.list(CGROUPS)) {
      return all.filter(path -> Files.isDirectory(path) && !Files.isSymbolicLink(path)).toList();
    }
  }

  /** Memory of the programs in its pods, MB, as "operator 139". */
  List<String> memory() {
    return ProcessHandle.allProcesses().map(this::memory).filter(text -> !text.isEmpty()).toList();
  }

  private String memory(ProcessHandle process) {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    try {
      String command = Files.readString(proc.resolve("cmdline"));
      boolean ours = Files.readString(proc.resolve("cgroup")).contains("/" + cgroup(host) + "/");
      return ours && command.contains("java")
          ? (command.contains("operator.aot") ? "operator " : "node-agent ") + resident(proc)
          : "";
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  private static long resident(Path proc) throws IOException {
    return Files.readAllLines(proc.resolve("status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  /** The end of what the kubelet wrote. */
  String said() throws IOException {
    String text = Files.readString(directory.resolve("kubelet.log"));
    return text.substring(Math.max(0, text.length() - 3000));
  }

  /** Ends the kubelet, then every process of the host's containers, shims and containerd. */
  @Override
  public void close() throws IOException {
    try {
      kubelet.destroyForcibly().waitFor();
      for (int i = 0; i < 50 && kill(); i++) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      containerd.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Path hierarchy : hierarchies()) {
      remove(hierarchy.resolve(cgroup(host)));
    }
  }

  /** Kills what is in the host's control groups, and shims; true if there was something. */
  private boolean kill() {
    List<ProcessHandle> mine =
        ProcessHandle.allProcesses().filter(process -> belongs(process.pid())).toList();
    mine.forEach(ProcessHandle::destroyForcibly);
    return !mine.isEmpty();
  }

  private boolean belongs(long pid) {
    Path proc = Path.of("/proc", Long.toString(pid));
    try {
      return Files.readString(proc.resolve("cgroup")).contains("/" + cgroup(host) + "/")
          || (Files.readString(proc.resolve("cmdline")).contains("containerd-shim")
              && Files.readString(proc.resolve("cmdline")).contains(directory + "/c.sock"));
    } catch (IOException e) {
      return false;
    }
  }

  /** Groups go from the leaves on. */
  private static void remove(Path group) throws IOException {
    if (!Files.isDirectory(group)) {
      return;
    }
    List<Path> groups;
    try (Stream<Path> all = Files.walk(group)) {
      groups = all.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : groups) {
      Files.delete(one);
    }
  }
}
