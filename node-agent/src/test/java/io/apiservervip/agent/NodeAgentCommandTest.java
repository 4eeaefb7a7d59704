package io.apiservervip.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.ConfigLoader.Refused;
import io.apiservervip.agent.ConfigLoader.Resolved;
import io.apiservervip.agent.ConfigLoader.Row;
import io.apiservervip.agent.observe.AgentControl.HandoverResult;
import io.apiservervip.agent.observe.ControlSocket;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAgentCommandTest {
  private static final String BACKUP =
      """
      {"role":"Backup","activeSource":"10.99.0.11","splitBrain":{"verdict":false},
       "warnings":["no SCHED_RR"],"peers":[
       {"node":"cp-1","heard":true,"lastHeard":"2026-11-20T22:30:59Z"},
       {"node":"cp-3","heard":false}]}
      """;

  private static final String PROXY =
      """
      {"role":"Backup","activeSource":"10.99.0.11","splitBrain":{"verdict":false},
       "health":{"weight":0,"canServe":false,"reason":"not bound"},"listeners":[
       {"name":"apiserver","port":6443,"bound":["10.99.0.11:16443"],"sessions":12,"queued":1,
        "backends":[{"address":"10.99.0.11:6443","state":"Up","active":12},
         {"address":"10.99.0.12:6443","state":"Down","active":0,
          "since":"2026-11-20T22:30:18Z","lastError":"connection refused"}]},
       {"name":"rke2","port":9345,"bound":[],"problem":"port 19345 is held","sessions":0,
        "queued":0,"backends":[]}],
       "certificates":[{"backend":"10.99.0.11:6443","notAfter":"2027-11-20T00:00:00Z",
        "missing":["10.99.0.50"]}]}
      """;

  @TempDir private Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<RunOptions> started = new ArrayList<>();
  private ConfigLoader.Outcome outcome = new Refused(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fly",
        "run",
        "run --node cp-1",
        "run --node cp-1 --vip control-plane --config f",
        "run --node cp-1 --namespace n --config f",
        "run --node cp-1 --vip ../etc",
        "run --node a/b --vip control-plane",
        "run --node cp-1 --vip control-plane --namespace Not.One",
        "run --node cp-1 --config f --status-address 9870",
        "run --node cp-1 --config f --status-address ::1:9870",
        "run --node cp-1 --config f --status-auth-file",
        "check --config f",
        "preflight --config f",
        "preflight --config f --node cp-1 --patience soon",
        "preflight --config f --node cp-1 --patience 1h",
        "status -o yaml",
        "handover now"
      })
  void wrongUseIsOneLineAndExitStatusTwo(String arguments) {
    assertThat(execute(arguments)).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1).allMatch(l -> l.startsWith("node-agent: "));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void runHandsItsOptionsToTheAgentAndReturnsItsStatus() {
    assertThat(execute("run --config f.yaml --node cp-1 --status-address [::1]:9870")).isEqualTo(7);
    assertThat(started).hasSize(1);
    RunOptions options = started.getFirst();
    assertThat(options.stateDir()).isEqualTo(Path.of("/var/lib/apiserver-vip"));
    assertThat(options.mode()).isEqualTo(new RunOptions.FileMode(Path.of("f.yaml")));
    assertThat(options.statusAddress()).hasToString("/[0:0:0:0:0:0:0:1]:9870");
    assertThat(options.statusAuthFile()).isNull();
    assertThat(execute("run --config f.yaml --node cp-1 --status-auth-file users")).isEqualTo(7);
    assertThat(started.getLast().statusAuthFile()).isEqualTo(Path.of("users"));
  }

  @Test
  void runWithTheNameOfAResourceIsClusterMode() {
    assertThat(execute("run --vip control-plane --node cp-1")).isEqualTo(7);
    assertThat(started.getLast().mode())
        .isEqualTo(new RunOptions.ClusterMode("control-plane", "apiserver-vip"));
    assertThat(execute("run --vip control-plane --node cp-1.a --namespace kube-system"))
        .isEqualTo(7);
    assertThat(started.getLast().mode())
        .isEqualTo(new RunOptions.ClusterMode("control-plane", "kube-system"));
  }

  @Test
  void checkPrintsThePlanAndWhatIsNotUsed() {
    outcome =
        new Resolved(
            List.of(new Row("interface", "eth0"), new Row("id", "50")),
            List.of("spec.loadBalancer: not used yet"));
    assertThat(execute("check --config f --node cp-1")).isZero();
    assertThat(out.toString().lines())
        .containsExactly("interface  eth0", "id         50", "spec.loadBalancer: not used yet");
  }

  @Test
  void checkSaysEachFaultInALine() {
    outcome = new Refused(List.of("spec.a: wrong", "spec.b: missing"));
    assertThat(execute("check --config f --node cp-1")).isEqualTo(1);
    assertThat(err.toString().lines()).containsExactly("spec.a: wrong", "spec.b: missing");
  }

  @Test
  void statusOfABackupThatKnowsAnActiveIsATableAndZero() {
    try (ControlSocket socket = agent(BACKUP)) {
      socket.start();
      assertThat(execute("status --state-dir " + dir)).isZero();
      assertThat(out.toString())
          .contains(
              "Active is 10.99.0.11",
              "cp-1 heard as Active, last 2026-11-20T22:30:59Z",
              "cp-3 silent, as a Backup is",
              "no SCHED_RR");
    }
  }

  @Test
  void statusShowsListenersBackendsAndCertificates() {
    try (ControlSocket socket = agent(PROXY)) {
      socket.start();
      assertThat(execute("status --state-dir " + dir)).isEqualTo(1);
      assertThat(out.toString())
          .contains(
              "listener     apiserver, port 6443, on 10.99.0.11:16443, 12 sessions, 1 waiting",
              "  backend    10.99.0.11:6443 Up, 12 sessions",
              "  backend    10.99.0.12:6443 Down since 2026-11-20T22:30:18Z (",
              " ago), 0 sessions: connection refused",
              "listener     rke2, port 9345, not listening: port 19345 is held, 0 sessions, 0"
                  + " waiting",
              "certificate  10.99.0.11:6443 until 2027-11-20T00:00:00Z, does not cover 10.99.0.50");
    }
  }

  @Test
  void statusIsOneWhereNoActiveIsKnownOrTheBrainIsSplit() {
    for (String status :
        List.of(
            BACKUP.replace("activeSource", "was"),
            BACKUP.replace("false", "true"),
            BACKUP.replace("Backup", "Fault"))) {
      try (ControlSocket socket = agent(status)) {
        socket.start();
        assertThat(execute("status -o json --state-dir " + dir)).as(status).isEqualTo(1);
      }
    }
    assertThat(out.toString()).startsWith("{\"role\"");
  }

  @Test
  void noAgentIsOneLineThatNamesTheDirectory() {
    assertThat(execute("status --state-dir " + dir)).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1).allMatch(line -> line.contains("" + dir));
  }

  @Test
  void severalAgentsAreNamed() throws IOException {
    Files.createFile(dir.resolve("a.sock"));
    Files.createFile(dir.resolve("b.sock"));
    assertThat(execute("status --state-dir " + dir)).isEqualTo(1);
    assertThat(err.toString()).contains("choose with --vip: a b");
  }

  @Test
  void handoverPrintsTheAgentsAnswer() {
    try (ControlSocket socket = agent("")) {
      socket.start();
      assertThat(execute("handover --state-dir " + dir)).isZero();
      assertThat(out).hasToString("ok: given to cp-2" + System.lineSeparator());
    }
  }

  @Test
  void forgetRemovesTheCopyAndSaysSo() throws IOException {
    Path copy = Files.createFile(dir.resolve("vip.config.yaml"));
    assertThat(execute("forget --state-dir " + dir)).isZero();
    assertThat(copy).doesNotExist();
    assertThat(out.toString()).contains("removed " + copy);
    assertThat(execute("forget --state-dir " + dir)).isEqualTo(1);
  }

  @Test
  void versionComesFromTheBuild() {
    assertThat(execute("--version")).isZero();
    assertThat(out.toString()).matches("node-agent \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  private int execute(String arguments) {
    Programs programs =
        new Programs(
            (file, node) -> outcome,
            options -> {
              started.add(options);
              return 7;
            });
    return NodeAgentCommand.commandLine(
            programs, new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
  }

  private ControlSocket agent(String status) {
    return new ControlSocket(
        dir.resolve("vip.sock"), () -> new HandoverResult(true, "given to cp-2"), () -> status);
  }
}
