package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.LabProcess;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links and addresses that come and go beneath an agent. */
class AgentNetworkIT {
  private static final List<String> DESTINATIONS = List.of("10.244.1.7", "10.99.0.1", "192.0.2.9");

  private static String ip(AgentStage stage, Host host, String command) throws Exception {
    return stage.lab().run(host, ("ip " + command).split(" "));
  }

  private static void startAll(AgentStage stage) throws Exception {
    for (Host host : stage.lab().hosts()) {
      stage.start(host, stage.manifest());
    }
    stage.watch().await(now -> now.size() == 1, java.time.Duration.ofSeconds(10));
    for (Host host : stage.lab().hosts()) {
      stage.await(
          host, status -> List.of("Active", "Backup").contains(status.path("role").asText()));
    }
  }

  @Test
  void linkThatGoesDownTakesTheAddressAwayAndBringsNoFailBack() throws Exception {
    AgentStage.on(
        2,
        stage -> {
          stage.start(stage.host(1), stage.manifest());
          stage.holders("cp-1");
          stage.start(stage.host(2), stage.manifest());
          stage.role(stage.host(2), "Backup");
          ip(stage, stage.host(1), "link set eth0 down");
          assertThat(stage.role(stage.host(1), "Fault").path("message").asText())
              .isEqualTo("interface eth0 is down");
          stage.holders("cp-2");
          ip(stage, stage.host(1), "link set eth0 up");
          stage.role(stage.host(1), "Backup");
          stage.holders("cp-2");
          stage.lab().lanSwitch().cut(stage.host(2));
          assertThat(stage.role(stage.host(2), "Fault").path("message").asText())
              .isEqualTo("interface eth0 has no carrier");
          stage.holders("cp-1");
          stage.lab().lanSwitch().heal(stage.host(2));
          stage.role(stage.host(2), "Backup");
        });
  }

  @Test
  void fullPartitionHealsToOneHolder() throws Exception {
    AgentStage.on(
        3,
        stage -> {
          startAll(stage);
          for (Host host : stage.lab().hosts()) {
            stage.lab().lanSwitch().blackhole(host);
          }
          stage.holders("cp-1", "cp-2", "cp-3");
          Thread.sleep(3000);
          for (Host host : stage.lab().hosts()) {
            stage.lab().lanSwitch().heal(host);
          }
          stage.holders("cp-1");
          Thread.sleep(2000);
          stage.holders("cp-1");
          for (Host host : stage.lab().hosts()) {
            assertThat(stage.status(host).path("splitBrain").path("verdict").asBoolean()).isFalse();
          }
        });
  }

  @Test
  void addressIsNeverTheSourceAfterTheNodeAddressWasAddedAgain() throws Exception {
    AgentStage.on(
        1,
        stage -> {
          Host host = stage.host(1);
          LabProcess agent = stage.start(host, stage.manifest());
          stage.holders("cp-1");
          renew(stage, agent, "10.99.0.11/24", "");
          sourcesAreOurs(stage);
          stage.holders("cp-1");
          sourcesAreOurs(stage);
        });
  }

  @Test
  void addressIsNeverTheSourceWithALoneHostRoute() throws Exception {
    AgentStage.on(
        1,
        stage -> {
          Host host = stage.host(1);
          ip(stage, host, "address del 10.99.0.11/24 dev eth0");
          ip(stage, host, "address add 10.99.0.11/32 dev eth0");
          LabProcess agent = stage.start(host, stage.manifest());
          stage.holders("cp-1");
          renew(stage, agent, "10.99.0.11/32", "route add 10.99.0.1 dev eth0\n");
          sourcesAreOurs(stage);
          stage.holders("cp-1");
          sourcesAreOurs(stage);
        });
  }

  /**
   * The node address goes and comes back as a DHCP client does it, in one moment, while the agent
   * stands still: the virtual address is then the first of the interface.
   */
  private static void renew(AgentStage stage, LabProcess agent, String node, String more)
      throws Exception {
    agent.freeze();
    String batch =
        "address del "
            + node
            + " dev eth0\naddress add "
            + node
            + " dev eth0\n"
            + more
            + "route add 10.244.1.0/24 via 10.99.0.1 dev eth0 onlink\n"
            + "route add default via 10.99.0.1 dev eth0\n";
    java.nio.file.Path file = stage.lab().directory().resolve("renew");
    java.nio.file.Files.writeString(file, batch);
    ip(stage, stage.host(1), "-batch " + file);
    String addresses = ip(stage, stage.host(1), "-4 -o address show eth0");
    assertThat(addresses.lines().findFirst().orElseThrow()).contains(AgentStage.ADDRESS);
    sourcesAreOurs(stage);
    agent.resume();
  }

  private static void sourcesAreOurs(AgentStage stage) throws Exception {
    for (String destination : DESTINATIONS) {
      assertThat(ip(stage, stage.host(1), "route get " + destination))
          .contains("src 10.99.0.11")
          .doesNotContain("src " + AgentStage.ADDRESS);
    }
  }
}
