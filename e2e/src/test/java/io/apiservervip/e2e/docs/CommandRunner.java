package io.apiservervip.e2e.docs;

import io.apiservervip.e2e.cluster.DocumentsStage;
import io.apiservervip.e2e.docs.Treatment.Way;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs commands of one page, on the cluster or on hosts without one. */
final class CommandRunner {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(25);
  private static final String VIP = "10.99.0.50";
  private static final int PAUSE_MILLIS = 200;
  private static final int ENDED_BY_TIMEOUT = 124;

  private static final String PATH =
      Stream.of("node-agent", "operator")
          .map(name -> Page.ROOT.resolve(name).resolve("target/dist/bin").toString())
          .collect(Collectors.joining(":", "", ":" + System.getenv("PATH")));

  private final DocumentsStage cluster;
  private final MemberHosts members;
  private final PageFolder folder;
  private final Map<String, String> environment;

  CommandRunner(DocumentsStage cluster, MemberHosts members, PageFolder folder) throws IOException {
    this.cluster = cluster;
    this.members = members;
    this.folder = folder;
    this.environment =
        Map.of(
            "PATH",
            PATH,
            "KUBECONFIG",
            cluster.kubeconfig().toString(),
            "HOME",
            folder.path().toString(),
            "EDITOR",
            "true");
  }

  Outcome run(Command command, Way way, String instead) throws IOException, InterruptedException {
    folder.manifestFor(command);
    String line = filled(instead);
    return switch (way) {
      case KUBECTL -> Outcome.of(shell(line), folder.path(), environment);
      case KUBECTL_WATCH -> watched(List.of("timeout", "2", "sh", "-c", line));
      case HELM -> helm(line);
      case HOST -> patiently(line);
      case HOST_WATCH -> watched(inside(host(cluster.lab(), line), "exec timeout 2 " + line));
      case CLIENT -> Outcome.of(inside(cluster.lab().client(), line), folder.path(), environment);
      case DAEMON -> started(line, List.of(host(members.lab(), line)));
      case DAEMON_ON_EACH -> started(line, members.lab().hosts());
      case REPOSITORY -> Outcome.of(shell(line), Page.ROOT, environment);
    };
  }

  /** What the documents leave to the reader, and paths that the test has elsewhere. */
  private String filled(String line) {
    return line.replace("%H", "controller-1")
        .replace("$(NODE_NAME)", "cp-1")
        .replace("/etc/apiserver-vip/", folder.path() + "/");
  }

  /** Roles and conditions take their time: a reader looks again, and so does this. */
  private Outcome patiently(String line) throws IOException, InterruptedException {
    boolean alone = members.busy() || line.contains("--config");
    Lab lab = alone ? members.lab() : cluster.lab();
    long end = System.nanoTime() + PATIENCE;
    Outcome outcome = once(lab, line);
    while (!outcome.good() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      outcome = once(lab, line);
    }
    return outcome;
  }

  private Outcome once(Lab lab, String line) throws IOException, InterruptedException {
    Host host = host(lab, line);
    Path state = lab.equals(members.lab()) ? members.state(host) : cluster.state(host);
    return Outcome.of(inside(host, mounted(state, line)), folder.path(), environment);
  }

  /** It must have said something until it was ended. */
  private Outcome watched(List<String> program) throws IOException, InterruptedException {
    Outcome outcome = Outcome.of(program, folder.path(), environment);
    boolean well = outcome.status() == ENDED_BY_TIMEOUT || outcome.good();
    return new Outcome(well && !outcome.said().isBlank() ? 0 : 1, outcome.said());
  }

  private Outcome helm(String line) throws IOException {
    try {
      return new Outcome(0, new HelmCommand(line, folder.path(), cluster.kubeconfig()).call());
    } catch (IllegalArgumentException | IllegalStateException e) {
      return new Outcome(1, String.valueOf(e.getMessage()));
    }
  }

  private Outcome started(String line, List<Host> hosts) throws IOException {
    for (Host host : hosts) {
      Path state = members.state(host);
      String own = line.replaceFirst("(--node [a-z]+-)1", "$1" + number(host));
      Stream<String> variables =
          environment.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue());
      members.start(
          host,
          Stream.of(
                  Stream.of("env", "-C", folder.path().toString()),
                  variables,
                  shell(mounted(state, "exec " + own)).stream())
              .flatMap(words -> words)
              .toList());
    }
    return new Outcome(0, "");
  }

  private static String number(Host host) {
    return host.node().replaceFirst(".*-", "");
  }

  /** The mount is seen by this command alone: ip netns exec gives it a namespace for mounts. */
  private static String mounted(Path state, String line) {
    return "mount --bind " + state + " /var/lib && " + line;
  }

  /** The named node; who is to hand over; else the first. */
  private static Host host(Lab lab, String line) throws IOException {
    if (line.endsWith("handover")) {
      return holder(lab);
    }
    String number = line.replaceFirst(".*--node [a-z]+-(\\d).*", "$1");
    return lab.host("cp-" + (number.equals(line) ? "1" : number));
  }

  private static Host holder(Lab lab) throws IOException {
    for (Host host : lab.hosts()) {
      if (lab.run(host, "ip", "-brief", "address").contains(VIP)) {
        return host;
      }
    }
    return lab.hosts().getFirst();
  }

  private static List<String> inside(Host host, String line) {
    return Stream.concat(
            Stream.of("ip", "netns", "exec", host.namespace().name()), shell(line).stream())
        .toList();
  }

  private static List<String> shell(String line) {
    return List.of("sh", "-c", line);
  }
}
