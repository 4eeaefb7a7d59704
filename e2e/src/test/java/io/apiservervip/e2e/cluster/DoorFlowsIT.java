package io.apiservervip.e2e.cluster;

import static io.apiservervip.e2e.cluster.OperatorStage.condition;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.router.Campaign;
import io.apiservervip.e2e.router.Evidence;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Operator, agents and API servers together: what a person at kubectl sees of each misfortune. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DoorFlowsIT {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(30);

  /** From a role change to the resource that tells of it. */
  private static final Duration SHOWN = Duration.ofSeconds(1);

  /** From the loss of an API server to a slice without it. */
  private static final Duration LEFT = Duration.ofSeconds(5);

  private static final Duration LEFT_BY_ITS_OPERATOR = Duration.ofSeconds(15);
  private static final Duration TAKE_OVER = Duration.ofSeconds(20);
  private static final Duration RETURN = Duration.ofSeconds(5);

  private static final Duration AWAY =
      Campaign.FULL ? Duration.ofMinutes(5) : Duration.ofSeconds(10);

  private static final String[] SPEC = {
    "service: {enabled: true, clusterIP: 10.96.0.60}", "vrrp: {virtualRouterId: 50}"
  };

  private Door door;

  @BeforeAll
  void everythingRuns() throws Exception {
    door = Door.open();
    door.apply(SPEC);
    for (String node : List.of("cp-1", "cp-2", "cp-3")) {
      door.start(node);
    }
    Evidence.of(door.lab(), () -> door.awaitReady(START));
  }

  @BeforeEach
  void theDoorIsOpen() throws Exception {
    Evidence.of(door.lab(), () -> door.awaitReady(START));
  }

  @AfterAll
  void nothingIsLeft() throws Exception {
    door.close();
  }

  @Test
  @Order(1)
  void aPersonSeesADoorThatIsOpen() throws Exception {
    Evidence.of(
        door.lab(),
        () -> {
          JsonNode vip = door.api().get(Door.PATH).body();
          JsonNode row = door.api().table(KnownKind.PATH).body().at("/rows/0/cells");
          assertThat(row.get(0).asText()).isEqualTo("door");
          assertThat(row.get(1).asText()).isEqualTo(Door.ADDRESS);
          assertThat(row.get(2).asText()).isEqualTo(vip.at("/status/activeNode").asText());
          assertThat(List.of(row.get(3).asText(), row.get(4).asText(), row.get(5).asText()))
              .containsExactly("3/3", "3/3", "True");
          door.watch().await(List.of(vip.at("/status/activeNode").asText())::equals, SOON);
          assertThat(condition(vip, "SplitBrain")).startsWith("False");
          assertThat(condition(vip, "ServiceSynced")).startsWith("True");
          slice("all ready", this::readyAll, LEFT);
          assertThat(
                  door.api()
                      .get("/api/v1/namespaces/default/endpoints/apiserver")
                      .body()
                      .at("/subsets/0/addresses"))
              .hasSize(3);
        });
  }

  @Test
  @Order(2)
  void aKilledActiveIsShownWithinASecondAndIsNoSplitBrain() throws Exception {
    Evidence.of(
        door.lab(),
        () -> {
          String before = door.api().get(Door.PATH).body().at("/status/activeNode").asText();
          door.agent(before).kill();
          List<String> splitBrain = new ArrayList<>();
          JsonNode vip =
              door.await(
                  "active elsewhere",
                  seen -> {
                    splitBrain.add(condition(seen, "SplitBrain"));
                    String active = seen.at("/status/activeNode").asText();
                    return !active.isEmpty() && !active.equals(before);
                  },
                  SOON);
          Instant shown = Instant.now();
          JsonNode entry = Door.entry(vip, vip.at("/status/activeNode").asText());
          Duration delay =
              Duration.between(Instant.parse(entry.path("lastTransitionTime").asText()), shown);
          Campaign.report("fail-over in the resource", delay.toMillis() + " ms after the change");
          assertThat(delay).isLessThan(SHOWN);
          assertThat(entry.path("tookOverFrom").asText()).isEqualTo(before);
          event("FailedOver");
          door.start(before);
          door.awaitReady(START);
          splitBrain.add(condition(door.api().get(Door.PATH).body(), "SplitBrain"));
          assertThat(splitBrain).noneMatch(text -> text.startsWith("True"));
        });
  }

  @Test
  @Order(3)
  void anApiServerThatIsLostLeavesTheSliceAndReturns() throws Exception {
    Evidence.of(
        door.lab(),
        () -> {
          Map<String, Long> figures = new TreeMap<>();
          for (boolean itsOperator : new boolean[] {false, true}) {
            String used = door.serverOfLeader();
            String lost = itsOperator ? used : used.equals("cp-1") ? "cp-3" : "cp-1";
            String by = itsOperator ? ", used by the operator" : "";
            figures.put("killed" + by, killed(lost));
            figures.put("cut" + by, cut(lost, itsOperator ? LEFT_BY_ITS_OPERATOR : LEFT));
          }
          Campaign.report("a lost API server leaves the slice after ms", figures.toString());
        });
  }

  @Test
  @Order(4)
  void anEditAndANodeThatLeavesReachTheAgents() throws Exception {
    Evidence.of(
        door.lab(),
        () -> {
          door.apply(SPEC[0], "vrrp: {virtualRouterId: 61}");
          JsonNode edited = door.awaitEverywhere(SOON);
          assertThat(edited.at("/status/virtualRouterId").asInt()).isEqualTo(61);
          door.awaitReady(START);

          String backup = edited.at("/status/activeNode").asText().equals("cp-3") ? "cp-1" : "cp-3";
          door.api().delete("/api/v1/nodes/" + backup);
          door.agent(backup).terminate();
          door.await(
              "of two nodes",
              vip ->
                  vip.at("/status/desiredAgents").asInt() == 2
                      && Door.entry(vip, backup).isMissingNode(),
              SOON);
          ClusterObjects.node(door.api(), backup, door.host(backup).ipv4());
          door.start(backup);
          door.awaitReady(START);
        });
  }

  @Test
  @Order(5)
  void withoutAnyApiServerTheAddressStaysAndTheStatusIsRightSoonAfterTheFirstReturns()
      throws Exception {
    Evidence.of(
        door.lab(),
        () -> {
          String active = door.watch().await(nodes -> nodes.size() == 1, SOON).getFirst();
          int moves = transitions();
          for (ApiDoor server : door.cluster().servers()) {
            server.kill();
          }
          TimeUnit.NANOSECONDS.sleep(AWAY.toNanos());
          door.watch().await(List.of(active)::equals, Duration.ofSeconds(1));
          String left = active.equals("cp-1") ? "cp-2" : "cp-1";
          String before = heartbeat(left);
          door.cluster().server("cp-3").reopen();
          long back = System.nanoTime();
          door.await(
              "told of by all agents, with an operator that leads",
              vip ->
                  vip.at("/status/activeNode").asText().equals(active)
                      && !Door.entry(vip, left).path("heartbeatTime").asText().equals(before),
              RETURN.plus(SHOWN));
          assertThat(transitions()).as("moves of the address").isEqualTo(moves);
          Campaign.report(
              "status after the first API server is back",
              TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - back) + " ms");
          door.cluster().server("cp-1").reopen();
          door.cluster().server("cp-2").reopen();
          door.awaitReady(START);
          slice("complete again", this::readyAll, SOON);
        });
  }

  /** How often each agent changed its role, in all. */
  private int transitions() throws IOException, InterruptedException {
    int sum = 0;
    for (JsonNode entry : door.api().get(Door.PATH).body().at("/status/nodes")) {
      sum += entry.path("transitions").asInt();
    }
    return sum;
  }

  @Test
  @Order(6)
  void theOtherOperatorGoesOnWhenTheLeaderIsKilled() throws Exception {
    Evidence.of(
        door.lab(),
        () -> {
          String before = door.cluster().leader();
          long killed = System.nanoTime();
          door.cluster().leading().kill();
          door.await(
              LabCluster.LEASE,
              "of the other",
              lease -> !lease.at("/spec/holderIdentity").asText().startsWith(before),
              TAKE_OVER);
          door.apply(SPEC[0], "vrrp: {virtualRouterId: 62}");
          door.await(
              "worked on by the other",
              vip -> vip.at("/status/virtualRouterId").asInt() == 62,
              TAKE_OVER.minusNanos(System.nanoTime() - killed));
          door.cluster().operator(before);
          door.awaitEverywhere(SOON);
          door.awaitReady(START);
        });
  }

  @Test
  @Order(7)
  void aDoorThatIsOpenIsDeletedOnlyByWhoMeansIt() throws Exception {
    Evidence.of(
        door.lab(),
        () -> {
          door.api().delete(Door.PATH);
          JsonNode stays =
              door.await("told of", vip -> vip.toString().contains("confirm-delete"), SOON);
          assertThat(condition(stays, "Ready")).startsWith("True");
          door.api()
              .merge(
                  Door.PATH,
                  "{metadata: {annotations: {apiservervip.io/confirm-delete: \"true\"}}}");
          door.await("gone", vip -> vip.path("code").asInt() == 404, SOON);
          for (String path :
              new String[] {
                OperatorStage.DOCUMENTS + "door",
                OperatorStage.DAEMON_SETS + "door",
                "/api/v1/namespaces/default/services/apiserver",
                "/api/v1/namespaces/default/endpoints/apiserver",
                Door.SLICE
              }) {
            assertThat(door.api().get(path).code()).as(path).isEqualTo(404);
          }
          door.apply(SPEC);
        });
  }

  /** How long the slice had it after its end, milliseconds. */
  private long killed(String node) throws IOException, InterruptedException {
    door.cluster().server(node).kill();
    try {
      return left(node, LEFT);
    } finally {
      door.cluster().server(node).reopen();
      door.awaitReady(START);
      slice("complete again", this::readyAll, SOON);
    }
  }

  private long cut(String node, Duration patience) throws IOException, InterruptedException {
    door.cut(node);
    try {
      return left(node, patience);
    } finally {
      door.heal(node);
      door.awaitReady(START);
      slice("complete again", this::readyAll, SOON);
    }
  }

  private long left(String node, Duration patience) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    slice("without " + node, slice -> !door.ready(slice, node), patience);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }

  private boolean readyAll(JsonNode slice) {
    return Stream.of("cp-1", "cp-2", "cp-3").allMatch(node -> door.ready(slice, node));
  }

  private void slice(String wanted, Predicate<JsonNode> is, Duration patience)
      throws IOException, InterruptedException {
    door.await(Door.SLICE, wanted, is, patience);
  }

  private void event(String reason) throws IOException, InterruptedException {
    door.await(
        "/apis/events.k8s.io/v1/namespaces/default/events",
        "with " + reason,
        list -> list.path("items").findValuesAsText("reason").contains(reason),
        SOON);
  }

  private String heartbeat(String node) throws IOException, InterruptedException {
    return Door.entry(door.api().get(Door.PATH).body(), node).path("heartbeatTime").asText();
  }
}
