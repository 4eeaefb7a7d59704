package io.apiservervip.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.Manifest;
import io.apiservervip.agentapi.MemberConfig;
import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import io.apiservervip.agentapi.VipReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A cluster of 500 nodes with 20 resources, of which each has 16 nodes of its own. */
class ManyVipsTest {
  private static final int NODES = 500;
  private static final int VIPS = 20;
  private static final OperatorSettings SETTINGS =
      new OperatorSettings("apiserver-vip", "agent:1", List.of());

  @Test
  void aNodeThatComesChangesThePlanOfItsResourceAlone() {
    List<NodeFacts> nodes = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      nodes.add(Nodes.node("node-" + i, i, Map.of("pool", "p" + i % 32), Map.of()));
    }
    List<VipFacts> vips = new ArrayList<>();
    for (int v = 0; v < VIPS; v++) {
      vips.add(vip(v));
    }
    List<VipFacts> planned = remember(vips, plan(vips, nodes));
    NodeFacts gone = nodes.remove(3);
    long start = System.nanoTime();
    List<VipPlan> next = plan(planned, nodes);
    System.out.printf(
        "500 nodes, 20 resources: planned in %d ms%n", (System.nanoTime() - start) / 1_000_000);
    for (int v = 0; v < VIPS; v++) {
      AgentConfig before = Objects.requireNonNull(planned.get(v).remembered().document());
      AgentConfig after = Objects.requireNonNull(next.get(v).document());
      if (v == 3) {
        assertThat(after.members())
            .containsExactlyElementsOf(
                before.members().stream().filter(m -> !m.node().equals(gone.name())).toList());
      } else {
        assertThat(after).isEqualTo(before);
      }
      assertThat(after.members()).extracting(MemberConfig::priority).doesNotHaveDuplicates();
    }
  }

  private static List<VipPlan> plan(List<VipFacts> vips, List<NodeFacts> nodes) {
    ClusterView cluster =
        new ClusterView(
            nodes,
            List.of(new ApiServer(ClusterText.ip("10.98.0.1"), 6443, null)),
            vips,
            Map.of(),
            List.of(),
            new NetworkRanges(List.of(), List.of()),
            SETTINGS);
    return vips.stream().map(vip -> VipPlanner.plan(vip, cluster)).toList();
  }

  private static List<VipFacts> remember(List<VipFacts> vips, List<VipPlan> plans) {
    List<VipFacts> remembered = new ArrayList<>();
    for (int v = 0; v < vips.size(); v++) {
      VipPlan.Accepted plan = (VipPlan.Accepted) plans.get(v);
      remembered.add(
          new VipFacts(
              vips.get(v).vip(),
              vips.get(v).created(),
              new Remembered(plan.document(), plan.ranks(), List.of())));
    }
    return remembered;
  }

  private static VipFacts vip(int number) {
    String text =
        """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata: {name: vip-%1$d}
        spec:
          addresses: ["10.97.0.%2$d"]
          nodeSelector: {matchLabels: {pool: p%1$d}}
          service: {name: apiserver-%1$d}
        """
            .formatted(number, number + 1);
    return switch (VipReader.read(text)) {
      case Reading.Accepted<Manifest>(Manifest manifest, List<String> notes) ->
          new VipFacts(
              manifest.vip(),
              Instant.parse("2026-11-01T00:00:00Z").plusSeconds(number),
              Remembered.NOTHING);
      case Reading.Refused<Manifest>(List<Problem> problems) ->
          throw new AssertionError(problems.toString());
    };
  }
}
