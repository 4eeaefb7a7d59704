package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.cluster.HttpDoor;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.LabProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Agents that run from the operator's document, with API servers that come and go. */
class ClusterModeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** From the return of an API server to a true status. */
  private static final Duration RETURN = Duration.ofSeconds(5);

  private static List<LabProcess> startAll(ClusterStage stage) throws Exception {
    LabProcess first = stage.start(stage.agents().host(1));
    stage.agents().holders("cp-1");
    LabProcess second = stage.start(stage.agents().host(2));
    LabProcess third = stage.start(stage.agents().host(3));
    role(stage, "cp-1", "Active", PATIENCE);
    role(stage, "cp-2", "Backup", PATIENCE);
    role(stage, "cp-3", "Backup", PATIENCE);
    return List.of(first, second, third);
  }

  private static LabApi.Write role(ClusterStage stage, String node, String role, Duration patience)
      throws Exception {
    return stage.api().await(node, write -> write.role().equals(role), patience);
  }

  @Test
  void theDocumentIsRunFromAndTheEntriesAreTrue() throws Exception {
    ClusterStage.on(
        stage -> {
          startAll(stage);
          JsonNode active = role(stage, "cp-1", "Active", PATIENCE).entry();
          assertThat(active.path("observedGeneration").asInt()).isEqualTo(3);
          assertThat(active.path("interface").asText()).isEqualTo("eth0");
          assertThat(active.path("priority").asInt()).isEqualTo(250);
          assertThat(active.path("addressOwned").asBoolean()).isTrue();
          assertThat(active.path("message").asText()).isEmpty();

          stage.publish(4, text -> text);
          stage
              .api()
              .await("cp-2", w -> w.entry().path("observedGeneration").asInt() == 4, PATIENCE);

          stage.publish(5, text -> text + "colour: red\n");
          LabApi.Write refused =
              stage
                  .api()
                  .await(
                      "cp-1",
                      w -> w.entry().path("message").asText().startsWith("the document is refused"),
                      PATIENCE);
          assertThat(refused.entry().path("message").asText())
              .contains("ConfigMap apiserver-vip/apiserver-vip-control-plane: colour");
          assertThat(refused.entry().path("observedGeneration").asInt()).isEqualTo(4);
          stage.agents().holders("cp-1");
        });
  }

  @Test
  @Tag("long")
  void withoutAnyApiServerTheAddressStaysAndMovesAndTheCopyIsEnough() throws Exception {
    ClusterStage.on(
        stage -> {
          List<LabProcess> agents = startAll(stage);
          stage.doors().forEach(HttpDoor::kill);
          Thread.sleep(10_000);
          stage.agents().holders("cp-1");
          assertThat(agents).allMatch(LabProcess::alive);

          agents.getFirst().kill();
          stage.agents().holders("cp-2");

          Host first = stage.agents().host(1);
          stage.start(first);
          JsonNode status = stage.agents().role(first, "Backup");
          assertThat(status.at("/config/source").asText()).isEqualTo("copy");

          Instant back = Instant.now();
          stage.door(3).reopen();
          for (String node : List.of("cp-1", "cp-2", "cp-3")) {
            LabApi.Write write =
                role(stage, node, node.equals("cp-2") ? "Active" : "Backup", PATIENCE);
            assertThat(Duration.between(back, write.at())).as(node).isLessThan(RETURN);
          }
        });
  }

  @Test
  void withoutDocumentAndWithoutApiServerTheAgentLivesAndSaysWhatItWaitsFor() throws Exception {
    ClusterStage.on(
        stage -> {
          stage.doors().forEach(HttpDoor::kill);
          Host first = stage.agents().host(1);
          LabProcess agent = stage.start(first);
          JsonNode status =
              stage
                  .agents()
                  .await(first, s -> s.path("message").asText().contains("no API server answers"));
          assertThat(status.path("role").asText()).isEqualTo("Initialize");
          assertThat(StatusPort.get(first, "/livez")).contains("ok");
          stage.door(1).reopen();
          stage.agents().holders("cp-1");
          agent.terminate();
          assertThat(agent.awaitExit()).isZero();
        });
  }
}
