package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.LabProcess;
import io.apiservervip.e2e.probe.EchoBackends;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an agent makes of the host that it finds, and what it leaves. */
class AgentStartIT {
  /** Three failed probes of the kubelet, one each 5 s, would restart the pod. */
  private static final Duration PORT_TAKEN_OVER = Duration.ofSeconds(9);

  private static void ip(AgentStage stage, Host host, String command) throws Exception {
    String[] words = ("ip " + command).split(" ");
    stage.lab().run(host, words);
  }

  @Test
  void terminatedAgentTakesItsAddressOffAndExitsWithZero() throws Exception {
    AgentStage.on(
        1,
        stage -> {
          LabProcess agent = stage.start(stage.host(1), stage.manifest());
          stage.holders("cp-1");
          agent.terminate();
          assertThat(agent.awaitExit()).isZero();
          assertThat(stage.watch().holders()).isEmpty();
        });
  }

  @Test
  void secondAgentOnAHostStandsByAndTakesOverWhenTheFirstIsGone() throws Exception {
    AgentStage.on(
        1,
        stage -> {
          Host host = stage.host(1);
          LabProcess first = stage.start(host, stage.manifest());
          stage.holders("cp-1");
          List<String> command =
              stage.command(host, stage.stateDirectory(host), "--status-address", "127.0.0.1:9871");
          LabProcess second = stage.start(host, "twin", command, Capability.AGENT);
          stage.logged(second, "another agent of control-plane runs on this host");
          first.kill();
          stage.logged(second, "this one takes over");
          stage.logged(second, "to=\"Active\"");
          stage.holders("cp-1");
          assertThat(stage.lab().run(host, "ip", "address", "show", "eth0"))
              .containsOnlyOnce(AgentStage.ADDRESS + "/32");
        });
  }

  @Test
  void standbyWithoutAStatusPortIsAnsweredForByTheOtherAndTakesThePortOver() throws Exception {
    AgentStage.on(
        1,
        stage -> {
          Host host = stage.host(1);
          String manifest =
              stage
                  .manifest()
                  .replace(
                      "{mode: None}",
                      "{drainTimeout: 4s, healthCheck: {type: Tcp}, backends: {source: Members}}");
          try (EchoBackends backends = EchoBackends.start(stage.lab(), 6443)) {
            LabProcess first = stage.start(host, manifest);
            stage.role(host, "Active");
            LabProcess second =
                stage.start(
                    host,
                    "twin",
                    stage.command(host, stage.stateDirectory(host)),
                    Capability.AGENT);
            stage.logged(second, "another agent of control-plane runs on this host");
            assertThat(Files.readString(second.log()))
                .contains("status port cannot listen, trying again every 5 s");
            try (Socket _ = host.namespace().call(() -> open(host, backends))) {
              first.terminate();
              List<Integer> probed = new ArrayList<>();
              while (first.alive()) {
                probed.add(StatusPort.liveness(host));
                Thread.sleep(100);
              }
              assertThat(probed).as("while it drains").doesNotContain(503);
              assertThat(probed.stream().filter(code -> code == 200).count()).isGreaterThan(20);
              long gone = System.nanoTime();
              stage.role(host, "Active");
              assertThat(Duration.ofNanos(System.nanoTime() - gone)).isLessThan(PORT_TAKEN_OVER);
              assertThat(StatusPort.liveness(host)).isEqualTo(200);
            }
          }
        });
  }

  /** A session on the node's own address, which is drained when the agent ends. */
  private static Socket open(Host host, EchoBackends backends) throws IOException {
    Socket session = new Socket(host.ipv4(), 10_000 + backends.port());
    session.getOutputStream().write('\n');
    assertThat(session.getInputStream().read()).isEqualTo('c');
    return session;
  }

  @Test
  void missingInterfaceIsAFaultUntilItAppears() throws Exception {
    AgentStage.on(
        1,
        stage -> {
          Host host = stage.host(1);
          stage.start(host, stage.manifest().replace("interface: eth0", "interface: late0"));
          assertThat(stage.role(host, "Fault").path("message").asText())
              .contains("late0")
              .contains("eth0");
          ip(stage, host, "link add late0 type veth peer name late1");
          ip(stage, host, "address add 10.99.0.21/24 dev late0");
          ip(stage, host, "link set late1 up");
          ip(stage, host, "link set late0 up");
          stage.role(host, "Active");
        });
  }

  @Test
  void interfaceThatIsDownIsAFaultUntilItIsUp() throws Exception {
    AgentStage.on(
        1,
        stage -> {
          Host host = stage.host(1);
          ip(stage, host, "link set eth0 down");
          stage.start(host, stage.manifest());
          assertThat(stage.role(host, "Fault").path("message").asText())
              .isEqualTo("interface eth0 is down");
          ip(stage, host, "link set eth0 up");
          stage.role(host, "Active");
          stage.holders("cp-1");
        });
  }

  @Test
  void addressOutsideEverySubnetIsAFaultThatNamesTheSubnets() throws Exception {
    AgentStage.on(
        1,
        stage -> {
          Host host = stage.host(1);
          String manifest =
              stage
                  .manifest()
                  .replace("10.99.0.50", "10.77.0.50")
                  .replace("  interface: eth0\n", "");
          LabProcess agent = stage.start(host, manifest);
          assertThat(stage.role(host, "Fault").path("message").asText())
              .contains("no interface's subnet contains 10.77.0.50")
              .contains("10.99.0.11/24 on eth0");
          assertThat(agent.alive()).isTrue();
        });
  }

  @Test
  void addressOfThisHostIsAFaultAndStays() throws Exception {
    AgentStage.on(
        1,
        stage -> {
          Host host = stage.host(1);
          ip(stage, host, "address add 10.99.0.50/24 dev eth0");
          LabProcess agent = stage.start(host, stage.manifest());
          assertThat(stage.role(host, "Fault").path("message").asText())
              .contains("10.99.0.50 is already an address of eth0");
          agent.terminate();
          assertThat(agent.awaitExit()).isZero();
          stage.holders("cp-1");
          agent = stage.start(host, stage.manifest());
          stage.role(host, "Fault");
          ip(stage, host, "address del 10.99.0.50/24 dev eth0");
          stage.role(host, "Active");
        });
  }

  @Test
  void addressOfAMemberIsRefused() throws Exception {
    AgentStage.on(
        1,
        stage -> {
          String manifest = stage.manifest().replace("10.99.0.50", "10.99.0.11");
          LabProcess agent = stage.start(stage.host(1), manifest);
          assertThat(agent.awaitExit()).isEqualTo(1);
          assertThat(Files.readAllLines(agent.log()))
              .anySatisfy(
                  line -> assertThat(line).contains("spec.addresses").contains("10.99.0.11"))
              .noneMatch(line -> line.contains("Exception"));
        });
  }

  @Test
  void agentWithoutNetRawSaysSoInOneLine() throws Exception {
    AgentStage.on(
        1,
        stage -> {
          Host host = stage.host(1);
          Files.writeString(stage.manifestFile(host), stage.manifest());
          LabProcess agent =
              stage.start(
                  host,
                  "bare",
                  stage.command(host, stage.stateDirectory(host)),
                  Capability.WITHOUT_NET_RAW);
          assertThat(stage.role(host, "Fault").path("message").asText()).contains("CAP_NET_RAW");
          assertThat(Files.readAllLines(agent.log()))
              .filteredOn(line -> line.contains("CAP_NET_RAW"))
              .hasSize(1);
          assertThat(Files.readString(agent.log())).doesNotContain("\tat ");
        });
  }

  @Test
  void stateDirectoryThatCannotBeWrittenStopsNobody() throws Exception {
    AgentStage.on(
        1,
        stage -> {
          Host host = stage.host(1);
          Files.writeString(stage.manifestFile(host), stage.manifest());
          Path state = Path.of("/proc/apiserver-vip");
          LabProcess agent =
              stage.start(host, "stateless", stage.command(host, state), Capability.AGENT);
          stage.logged(agent, "state directory /proc/apiserver-vip cannot be written");
          stage.holders("cp-1");
        });
  }

  @Test
  void addressOfAnEarlierLifeIsRemovedAtStart() throws Exception {
    AgentStage.on(
        1,
        stage -> {
          Host host = stage.host(1);
          String manifest =
              stage.manifest().replace("  vrrp:\n", "  vrrp:\n    addressLifetime: 60s\n");
          ip(stage, host, "address add 10.99.0.77/24 dev eth0");
          LabProcess first = stage.start(host, manifest);
          stage.holders("cp-1");
          first.kill();
          Thread.sleep(2500);
          stage.holders("cp-1");
          LabProcess second = stage.start(host, manifest);
          stage.logged(second, "removing 10.99.0.50, left over from an earlier life");
          stage.holders();
          stage.holders("cp-1");
          assertThat(stage.lab().run(host, "ip", "address", "show", "eth0"))
              .contains("10.99.0.77/24", "10.99.0.11/24");
        });
  }
}
