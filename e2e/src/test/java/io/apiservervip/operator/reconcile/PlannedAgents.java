package io.apiservervip.operator.reconcile;

import io.apiservervip.agentapi.Manifest;
import io.apiservervip.agentapi.Reading;
import io.apiservervip.agentapi.VipReader;
import io.apiservervip.operator.model.AgentsPlan;
import io.apiservervip.operator.model.ClusterView;
import io.apiservervip.operator.model.NetworkRanges;
import io.apiservervip.operator.model.OperatorSettings;
import io.apiservervip.operator.model.Remembered;
import io.apiservervip.operator.model.VipFacts;
import io.apiservervip.operator.model.VipPlan;
import io.apiservervip.operator.model.VipPlanner;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The agents that the operator would run for a resource with listed members. */
public final class PlannedAgents {
  private PlannedAgents() {}

  /** Their pods, with this image. */
  public static PodSpec pods(String manifest, String image) {
    if (!(VipReader.read(manifest) instanceof Reading.Accepted<Manifest>(Manifest read, var _))) {
      throw new IllegalArgumentException("not accepted: " + manifest);
    }
    VipPlan plan =
        VipPlanner.plan(
            new VipFacts(read.vip(), Instant.EPOCH, Remembered.NOTHING),
            new ClusterView(
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                new NetworkRanges(List.of(), List.of()),
                new OperatorSettings("apiserver-vip", image, List.of())));
    if (!(plan instanceof VipPlan.Accepted accepted)) {
      throw new IllegalArgumentException("refused: " + plan);
    }
    AgentsPlan agents = Objects.requireNonNull(accepted.agents());
    Owner owner = new Owner(read.vip().metadata().name(), "uid");
    return new AgentDaemonSet(new KubernetesSerialization())
        .wanted(owner, "apiserver-vip", agents)
        .getSpec()
        .getTemplate()
        .getSpec();
  }
}
