package io.apiservervip.agentapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.api.v1alpha1.BackendState;
import io.apiservervip.api.v1alpha1.BackendStatus;
import io.apiservervip.api.v1alpha1.NodeRole;
import io.apiservervip.api.v1alpha1.NodeStatus;
import io.apiservervip.api.v1alpha1.PeerStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeStatusCodecTest {
  @Test
  void theAppliedConfigurationHoldsTheEntryAndNothingElse() {
    NodeStatus entry =
        new NodeStatus(
            "cp-1",
            NodeRole.FAULT,
            "2026-11-20T22:30:00Z",
            null,
            null,
            null,
            3L,
            "eth0",
            List.of("02:00:00:00:00:11"),
            250,
            165,
            false,
            2L,
            "say \"no\"",
            List.of(new PeerStatus("cp-2", true, null)),
            List.of(new BackendStatus("10.99.0.11:6443", BackendState.NOT_READY, "500")));
    assertThat(NodeStatusCodec.applied("control-plane", entry))
        .isEqualTo(
            "{\"apiVersion\":\"apiservervip.io/v1alpha1\",\"kind\":\"ApiServerVip\","
                + "\"metadata\":{\"name\":\"control-plane\"},\"status\":{\"nodes\":[{"
                + "\"name\":\"cp-1\",\"role\":\"Fault\","
                + "\"lastTransitionTime\":\"2026-11-20T22:30:00Z\",\"observedGeneration\":3,"
                + "\"interface\":\"eth0\",\"macs\":[\"02:00:00:00:00:11\"],\"priority\":250,"
                + "\"effectivePriority\":165,\"addressOwned\":false,\"transitions\":2,"
                + "\"message\":\"say \\\"no\\\"\",\"peers\":[{\"node\":\"cp-2\",\"heard\":true}],"
                + "\"backends\":[{\"address\":\"10.99.0.11:6443\",\"state\":\"NotReady\","
                + "\"lastError\":\"500\"}]}]}}");
  }
}
