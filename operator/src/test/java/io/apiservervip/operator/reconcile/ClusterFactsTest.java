package io.apiservervip.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agentapi.IpPrefix;
import io.apiservervip.operator.model.ApiServer;
import io.apiservervip.operator.model.NodeFacts;
import io.apiservervip.operator.model.ServiceFacts;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterFactsTest {
  private static final String NODE =
      """
      apiVersion: v1
      kind: Node
      metadata:
        name: cp-1
        creationTimestamp: "2026-11-20T22:30:00Z"
        labels: {node-role.kubernetes.io/control-plane: ""}
        annotations: {apiservervip.io/priority: "200", other.io/noise: "1"}
      spec:
        unschedulable: true
        podCIDRs: [10.244.0.0/24, nonsense]
      status:
        addresses:
          - {type: Hostname, address: cp-1}
          - {type: InternalIP, address: 10.99.0.11}
          - {type: ExternalIP, address: 203.0.113.1}
          - {type: InternalIP, address: "fd99::11"}
          - {type: InternalIP, address: not-an-address}
        images: [{names: [a, b], sizeBytes: 1}]
      """;

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  @Test
  void ofANodeWhatPlansDependOnIsKept() {
    assertThat(ClusterFacts.node(node()))
        .isEqualTo(
            new NodeFacts(
                "cp-1",
                Instant.parse("2026-11-20T22:30:00Z"),
                List.of(InetAddress.ofLiteral("10.99.0.11"), InetAddress.ofLiteral("fd99::11")),
                Map.of("node-role.kubernetes.io/control-plane", ""),
                Map.of("apiservervip.io/priority", "200"),
                true,
                List.of(new IpPrefix(InetAddress.ofLiteral("10.244.0.0"), 24))));
  }

  @Test
  void aTrimmedNodeSaysTheSame() {
    Node lean = LeanStore.trim(node());

    assertThat(ClusterFacts.node(lean)).isEqualTo(ClusterFacts.node(node()));
    assertThat(lean.getStatus().getImages()).isEmpty();
  }

  @Test
  void aNodeWithoutAnythingIsANodeAllTheSame() {
    Node bare = serialization.unmarshal("kind: Node\napiVersion: v1\nmetadata: {name: x}\n");

    assertThat(ClusterFacts.node(bare))
        .isEqualTo(
            new NodeFacts("x", Instant.EPOCH, List.of(), Map.of(), Map.of(), false, List.of()));
  }

  @Test
  void aHeadlessServiceHasNoAddress() {
    Service service =
        serialization.unmarshal(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: db, namespace: shop}
            spec: {clusterIPs: [None]}
            """);

    assertThat(ClusterFacts.service(service))
        .isEqualTo(new ServiceFacts("shop", "db", List.of(), null));
  }

  @Test
  void eachAddressAndPortOfASliceIsAnApiServer() {
    EndpointSlice slice =
        serialization.unmarshal(
            """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: kubernetes, namespace: default}
            addressType: IPv4
            ports: [{name: https, port: 6443}]
            endpoints:
              - {addresses: [10.99.0.11], nodeName: cp-1}
              - {addresses: [10.99.0.12]}
            """);

    assertThat(ClusterFacts.apiServers(slice))
        .containsExactly(
            new ApiServer(InetAddress.ofLiteral("10.99.0.11"), 6443, "cp-1"),
            new ApiServer(InetAddress.ofLiteral("10.99.0.12"), 6443, null));
  }

  private Node node() {
    return serialization.unmarshal(NODE);
  }
}
