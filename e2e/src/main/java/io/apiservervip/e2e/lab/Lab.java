package io.apiservervip.e2e.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hosts, one client and a switch between them, each a network namespace whose name starts with this
 * lab's prefix. Close ends every process that the lab started, by number, and removes what it made;
 * a shutdown hook does so on a signal; the next lab sweeps up after one that was killed.
 *
 * <p>Threads: operations may come from any thread; {@link #close} may run beside them.
 */
public final class Lab implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final int LOG_LINES = 40;

  private final List<Host> hosts;
  private final Host client;
  private final LabSwitch lanSwitch;
  private final Path directory;
  private final List<LabProcess> processes = Collections.synchronizedList(new ArrayList<>());
  private final List<HolderWatch> watches = Collections.synchronizedList(new ArrayList<>());
  private final Thread hook = new Thread(this::tearDown, "lab-shutdown");

  private Lab(String prefix, int hosts, Path directory) {
    this.hosts = IntStream.rangeClosed(1, hosts).mapToObj(i -> Host.numbered(prefix, i)).toList();
    this.client = Host.client(prefix);
    this.lanSwitch = new LabSwitch(new Namespace(prefix + "-sw"));
    this.directory = directory;
  }

  /**
   * Builds a lab with so many hosts, logs and state in a directory of its own below {@code /tmp}.
   */
  public static Lab open(int hosts) throws IOException {
    LeftOvers.remove();
    String prefix = LeftOvers.prefix(ProcessHandle.current().pid(), COUNT.getAndIncrement());
    Lab lab = new Lab(prefix, hosts, LeftOvers.directory(prefix));
    Runtime.getRuntime().addShutdownHook(lab.hook);
    try {
      lab.build();
    } catch (IOException e) {
      lab.close();
      throw e;
    }
    return lab;
  }

  public List<Host> hosts() {
    return hosts;
  }

  public Host client() {
    return client;
  }

  public LabSwitch lanSwitch() {
    return lanSwitch;
  }

  /** Where logs, configurations and captures of this lab are until it is closed. */
  public Path directory() {
    return directory;
  }

  /** The end of every program's output: what to read when a test failed. */
  public String logs() throws IOException {
    StringBuilder text = new StringBuilder(4096);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).sorted().toList()) {
        List<String> lines = Files.readAllLines(log);
        text.append("--- ").append(log.getFileName()).append('\n');
        lines.stream()
            .skip(Math.max(0, lines.size() - LOG_LINES))
            .forEach(line -> text.append(line).append('\n'));
      }
    }
    return text.toString();
  }

  /** The host with this node name. */
  public Host host(String node) {
    return hosts.stream().filter(host -> host.node().equals(node)).findFirst().orElseThrow();
  }

  /** Starts a program on a host; its output goes to {@code name}.log in the lab's directory. */
  public LabProcess start(Host host, String name, List<String> command, Capability capability)
      throws IOException {
    Path log = directory.resolve(name + ".log");
    List<String> enter = List.of("setsid", "ip", "netns", "exec", host.namespace().name());
    List<String> all = Stream.concat(enter.stream(), capability.wrap(command).stream()).toList();
    Process process =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process.getOutputStream().close();
    LabProcess started = new LabProcess(process, log);
    processes.add(started);
    return started;
  }

  /** Output of a short command on a host. */
  public String run(Host host, String... command) throws IOException {
    List<String> enter = List.of("ip", "netns", "exec", host.namespace().name());
    return Shell.run(Stream.concat(enter.stream(), Stream.of(command)).toList());
  }

  /** Follows who holds the address on every host until the lab is closed. */
  public HolderWatch watch(String address) throws IOException, InterruptedException {
    HolderWatch watch = new HolderWatch(address);
    watches.add(watch);
    for (Host host : hosts) {
      watch.follow(host);
    }
    return watch;
  }

  /** Records the frames that match {@code filter} at the host's switch port. */
  public Capture capture(Host host, String filter) throws IOException, InterruptedException {
    Path file = directory.resolve("capture-" + host.node() + "-" + System.nanoTime() + ".pcap");
    Host place = new Host(lanSwitch.namespace(), host.node(), "", "", host.port());
    List<String> command =
        List.of(
            "tcpdump",
            "-n",
            "-p",
            "-U",
            "--immediate-mode",
            "-Z",
            "root",
            "-i",
            host.port(),
            "-w",
            file.toString(),
            filter);
    LabProcess tcpdump = start(place, file.getFileName().toString(), command, Capability.ROOT);
    for (int i = 0; i < 500 && !Files.readString(tcpdump.log()).contains("listening on"); i++) {
      Thread.sleep(10);
    }
    return new Capture(tcpdump, file);
  }

  @Override
  public void close() {
    tearDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the machine is shutting down: the hook runs, or has run, already
    }
  }

  private void build() throws IOException {
    namespace(lanSwitch.namespace());
    String name = lanSwitch.namespace().name();
    ip(name, "link add br0 type bridge mcast_snooping 0", "link set br0 up");
    for (Host host : Stream.concat(hosts.stream(), Stream.of(client)).toList()) {
      namespace(host.namespace());
      String bit = host.namespace().name();
      ip(bit, "link add eth0 type veth peer name " + host.port() + " netns " + name);
      ip(name, "link set " + host.port() + " master br0 up");
      ip(
          bit,
          "link set lo up",
          "link set eth0 up",
          "address add " + host.ipv4() + "/24 dev eth0",
          "address add " + host.ipv6() + "/64 dev eth0 nodad");
    }
  }

  private static void namespace(Namespace namespace) throws IOException {
    Shell.run(List.of("ip", "netns", "add", namespace.name()));
    Shell.run(
        List.of(
            "ip",
            "netns",
            "exec",
            namespace.name(),
            "sysctl",
            "-q",
            "-w",
            "net.ipv6.conf.all.accept_dad=0",
            "net.ipv6.conf.default.accept_dad=0"));
  }

  private static void ip(String namespace, String... commands) throws IOException {
    Shell.run(List.of("ip", "-n", namespace, "-batch", "-"), String.join("\n", commands) + "\n");
  }

  private synchronized void tearDown() {
    List.copyOf(watches).forEach(HolderWatch::close);
    for (LabProcess process : List.copyOf(processes)) {
      LeftOvers.attempt(process::kill);
    }
    Stream<Namespace> all =
        Stream.concat(
            Stream.concat(hosts.stream(), Stream.of(client)).map(Host::namespace),
            Stream.of(lanSwitch.namespace()));
    all.forEach(namespace -> LeftOvers.attempt(() -> LeftOvers.remove(namespace.name())));
    LeftOvers.attempt(() -> LeftOvers.delete(directory));
  }
}
