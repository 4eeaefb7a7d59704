package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.lab.HolderTimeline;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.LabProcess;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A changed manifest comes into force without a fail-over, a bad one not at all. */
class AgentReloadIT {

  /** How the agent learns of the change. */
  private interface News {
    void tell(LabProcess agent) throws Exception;
  }

  @Test
  void changedFileIsAppliedWithoutFailOver() throws Exception {
    AgentStage.on(2, stage -> changesWithoutFailOver(stage, agent -> {}));
  }

  @Test
  void hangUpIsAppliedWithoutFailOver() throws Exception {
    AgentStage.on(2, stage -> changesWithoutFailOver(stage, LabProcess::hangUp));
  }

  private static void changesWithoutFailOver(AgentStage stage, News news) throws Exception {
    Host host = stage.host(1);
    LabProcess agent = stage.start(host, stage.manifest());
    stage.holders("cp-1");
    stage.start(stage.host(2), stage.manifest());
    stage.role(stage.host(2), "Backup");
    int transitions = stage.status(host).path("transitions").asInt();
    long from = HolderWatch.nowMicros();
    String changed =
        stage
            .manifest()
            .replace("priority: 250", "priority: 200")
            .replace("advertisementInterval: 100ms", "advertisementInterval: 200ms")
            .replace("[\"10.99.0.50\"]", "[\"10.99.0.50\", \"10.99.0.51\"]");
    Files.writeString(stage.manifestFile(host), changed);
    news.tell(agent);
    stage.await(host, status -> status.path("addresses").size() == 2);
    Thread.sleep(2000);
    assertThat(stage.status(host).path("priority").asInt()).isEqualTo(200);
    assertThat(stage.lab().run(host, "ip", "address", "show", "eth0"))
        .contains("10.99.0.50/32", "10.99.0.51/32");
    assertThat(stage.watch().holders()).containsExactly("cp-1");
    assertThat(HolderTimeline.longestWithout(stage.watch().spans(from, HolderWatch.nowMicros())))
        .isZero();
    assertThat(stage.status(host).path("transitions").asInt()).isEqualTo(transitions);
  }

  @Test
  void badFileLeavesTheOldDocumentInForce() throws Exception {
    AgentStage.on(
        1,
        stage -> {
          Host host = stage.host(1);
          LabProcess agent = stage.start(host, stage.manifest());
          stage.holders("cp-1");
          Files.writeString(
              stage.manifestFile(host),
              stage.manifest().replace("virtualRouterId: 51", "virtualRouterId: 300"));
          JsonNode status = stage.await(host, now -> now.has("configError"));
          assertThat(status.path("configError").asText())
              .contains("spec.vrrp.virtualRouterId: 300 is not in 1..255");
          assertThat(status.path("virtualRouterId").asInt()).isEqualTo(51);
          assertThat(status.path("counters").path("apiservervip.config.errors").asInt())
              .isEqualTo(1);
          stage.logged(agent, "ERROR");
          stage.logged(agent, "the new document is refused, the old one stays in force");
          stage.holders("cp-1");
          Files.writeString(stage.manifestFile(host), stage.manifest());
          stage.await(host, now -> !now.has("configError"));
        });
  }
}
