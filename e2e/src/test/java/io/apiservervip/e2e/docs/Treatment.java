package io.apiservervip.e2e.docs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the test does with a command of the documents. */
sealed interface Treatment {
  /** Where and how a command is run. */
  enum Way {
    /** In the page's folder, as who administers the cluster. */
    KUBECTL,
    /** The same; it never ends, so it is ended after a while. */
    KUBECTL_WATCH,
    HELM,
    /** On a host of the lab; once more for a while, because roles take their time. */
    HOST,
    /** On a host; ended after its first line. */
    HOST_WATCH,
    /** From the host beside the cluster. */
    CLIENT,
    /** A program that stays, on one host, until SIGTERM at the next step or the page's end. */
    DAEMON,
    /** The same on each member. */
    DAEMON_ON_EACH,
    /** In the root of the repository. */
    REPOSITORY
  }

  /**
   * It is run.
   *
   * @param instead what of the command is run; $1: a group of the pattern
   */
  record Runs(Way way, String instead) implements Treatment {}

  /** It is not run, and why. */
  record Left(String reason) implements Treatment {}

  /** By pattern of the whole command; the first that matches counts. */
  Map<String, Treatment> TABLE = table();

  private static Map<String, Treatment> table() {
    Map<String, Treatment> table = new LinkedHashMap<>();
    table.put("kubectl logs .*", new Left("needs a kubelet"));
    table.put("kubectl exec .* -- (node-agent .*)", new Runs(Way.HOST, "$1"));
    table.put("kubectl .* -w", new Runs(Way.KUBECTL_WATCH, "$0"));
    table.put("kubectl .*", new Runs(Way.KUBECTL, "$0"));
    table.put("helm rollback .*", new Left("helm-java, Helm as a library, has no rollback"));
    table.put("helm .*", new Runs(Way.HELM, "$0"));
    table.put("node-agent run .*--node \\$\\(NODE_NAME\\)", new Runs(Way.DAEMON, "$0"));
    table.put("/opt/apiserver-vip/bin/(node-agent run .*)", new Runs(Way.DAEMON, "$1"));
    table.put("node-agent run .*", new Runs(Way.DAEMON_ON_EACH, "$0"));
    table.put(
        "node-agent bootstrap .*",
        new Runs(
            Way.HOST,
            "echo 127.0.0.1 localhost > hosts && $0 --hosts-file=hosts --wait-for-vip=false"));
    table.put(
        ".*node-agent preflight .*",
        new Left("its verdict is that of the host (PreflightIT runs it)"));
    table.put(
        "/opt/apiserver-vip/bin/node-agent bootstrap .*", new Left("would change this machine"));
    table.put("node-agent .*", new Runs(Way.HOST, "$0"));
    table.put(
        "ctr .* run .* (node-agent manifest .*) > /etc/kubernetes/.*", new Runs(Way.HOST, "$1"));
    table.put("mkdir -p /etc/kubernetes/.*", new Left("would change this machine"));
    table.put("ctr .* run .* (node-agent check .*)", new Runs(Way.HOST, "$1"));
    table.put("curl .*", new Runs(Way.CLIENT, "$0"));
    table.put("tcpdump .*", new Runs(Way.HOST_WATCH, "$0"));
    table.put("bench/load --help|\\./images --help", new Runs(Way.REPOSITORY, "$0"));
    table.put("bench/.*", new Left("measures for minutes, on a machine of its own"));
    table.put("\\./images.*", new Left("builds images from Debian's mirror (ImageIT runs them)"));
    table.put("\\./verify|mvn .*", new Left("is the build that this test is a part of"));
    table.put("\\./demo", new Left("takes a minute, and shows what other tests judge"));
    table.put("(ctr|podman|docker|skopeo) .*", new Left("needs an engine, a node or a registry"));
    table.put("systemctl .*", new Left("needs systemd (what its unit starts is run)"));
    table.put("firewall-cmd .*", new Left("would change this machine"));
    table.put("kubeadm .*", new Left("needs the distribution"));
    table.put("export KUBECONFIG=/etc/.*", new Left("needs the distribution"));
    table.put("(mv|rm) /etc/kubernetes/.*", new Left("needs the distribution"));
    return table;
  }

  /** Nothing for a command that nobody has decided about. */
  static Optional<Treatment> of(String command) {
    return TABLE.entrySet().stream()
        .filter(entry -> command.matches(entry.getKey()))
        .findFirst()
        .map(
            entry ->
                switch (entry.getValue()) {
                  case Left left -> left;
                  case Runs(Way way, String instead) ->
                      new Runs(way, command.replaceFirst(entry.getKey(), instead));
                });
  }

  /** Whether the line begins with a program of the table. */
  static boolean knows(String line) {
    return of(ShellLine.withoutComment(line).strip()).isPresent();
  }
}
