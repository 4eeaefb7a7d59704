package io.apiservervip.e2e.cluster;

import static io.apiservervip.e2e.cluster.OperatorStage.condition;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two replicas of the operator, of which neither writes idly. */
@Tag("long")
@ExtendWith(OneCluster.class)
class OperatorIdleIT {
  private static final String PATH = KnownKind.PATH + "/replicas";
  private static final Duration IDLE =
      System.getProperty("campaign", "sample").equals("full")
          ? Duration.ofMinutes(10)
          : Duration.ofSeconds(10);

  private final OperatorStage stage;
  private final ApiCalls api;

  OperatorIdleIT(TestCluster cluster) throws IOException, InterruptedException {
    this.stage = OperatorStage.on(cluster);
    this.api = stage.api();
  }

  @BeforeEach
  void aResourceIsServed() throws IOException, InterruptedException {
    stage.operator();
    stage.operator();
    api.force(PATH, "user", KnownKind.manifest("replicas"));
    stage.await(PATH, "accepted", vip -> condition(vip, "Accepted").startsWith("True"));
  }

  @AfterEach
  void nothingIsLeft() throws IOException, InterruptedException {
    api.delete(PATH);
    stage.awaitGone(PATH);
    stage.close();
  }

  @Test
  void nobodyWritesWhereNothingHappens() throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(5);
    Map<String, String> before = versions();
    String lease = api.get(LabCluster.LEASE).body().at("/metadata/resourceVersion").asText();
    TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
    assertThat(versions()).isEqualTo(before);
    assertThat(api.get(LabCluster.LEASE).body().at("/metadata/resourceVersion").asText())
        .isNotEqualTo(lease);
  }

  /** Every object that the operator could write, with its version. */
  private Map<String, String> versions() throws IOException, InterruptedException {
    Map<String, String> versions = new HashMap<>();
    for (String list :
        new String[] {
          KnownKind.PATH,
          "/api/v1/configmaps",
          "/api/v1/secrets",
          "/api/v1/services",
          "/api/v1/endpoints",
          "/apis/events.k8s.io/v1/events",
          "/apis/discovery.k8s.io/v1/endpointslices",
          "/apis/apps/v1/daemonsets",
          "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
          "/api/v1/nodes"
        }) {
      for (JsonNode object : api.get(list).body().path("items")) {
        versions.put(
            list + " " + object.at("/metadata/namespace") + object.at("/metadata/name"),
            object.at("/metadata/resourceVersion").asText());
      }
    }
    return versions;
  }
}
