package io.apiservervip.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.operator.model.ApiServer;
import io.apiservervip.operator.model.EndpointsPlan;
import io.apiservervip.operator.model.ServicePlan;
import io.apiservervip.operator.model.SlicePlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceObjectsTest {
  private static final Owner OWNER = new Owner("door", "u-1");
  private static final InetAddress ONE = InetAddress.ofLiteral("10.99.0.11");
  private static final InetAddress TWO = InetAddress.ofLiteral("10.99.0.12");
  private static final EndpointsPlan PLAN =
      new EndpointsPlan(
          "default",
          "apiserver",
          List.of(
              new SlicePlan(
                  "apiserver-ipv4-6443",
                  SlicePlan.Family.IPV4,
                  6443,
                  List.of(
                      new SlicePlan.Endpoint(ONE, "cp-1", true),
                      new SlicePlan.Endpoint(TWO, null, false)))));

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  @Test
  void aSliceIsOursAndNamesItsService() {
    assertThat(tree(serialization.asYaml(ApiServerSlices.wanted(OWNER, PLAN).getFirst())))
        .isEqualTo(
            tree(
                """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              labels:
                app.kubernetes.io/instance: door
                app.kubernetes.io/managed-by: apiserver-vip-operator
                app.kubernetes.io/name: apiserver-vip
                apiservervip.io/vip: door
                kubernetes.io/service-name: apiserver
                endpointslice.kubernetes.io/managed-by: apiservervip.io
              name: apiserver-ipv4-6443
              namespace: default
              ownerReferences:
              - apiVersion: apiservervip.io/v1alpha1
                controller: true
                kind: ApiServerVip
                name: door
                uid: u-1
            addressType: IPv4
            endpoints:
            - addresses:
              - 10.99.0.11
              conditions:
                ready: true
                serving: true
                terminating: false
              nodeName: cp-1
            - addresses:
              - 10.99.0.12
              conditions:
                ready: false
                serving: false
                terminating: false
            ports:
            - name: https
              port: 6443
              protocol: TCP
            """));
  }

  @Test
  void theLegacyEndpointsAreNotMirrored() {
    JsonNode endpoints = tree(serialization.asYaml(ApiServerEndpoints.wanted(OWNER, PLAN)));

    assertThat(endpoints.at("/metadata/labels/endpointslice.kubernetes.io~1skip-mirror").asText())
        .isEqualTo("true");
    assertThat(endpoints.get("subsets"))
        .isEqualTo(
            tree(
                """
            - addresses:
              - ip: 10.99.0.11
                nodeName: cp-1
              notReadyAddresses:
              - ip: 10.99.0.12
              ports:
              - name: https
                port: 6443
                protocol: TCP
            """));
  }

  @Test
  void whatIsPublishedIsReadBackAsItWasPlanned() {
    List<HasMetadata> made = List.copyOf(ApiServerSlices.wanted(OWNER, PLAN));

    assertThat(Published.of(made, "default", "apiserver")).isEqualTo(PLAN);
    assertThat(Published.of(made, "default", "other")).isNull();
    assertThat(Published.apiServers(made))
        .containsExactly(new ApiServer(ONE, 6443, "cp-1"), new ApiServer(TWO, 6443, null));
  }

  @Test
  void aNewServiceHasTheAddressThatIsWished() {
    assertThat(ApiServerService.wanted(OWNER, plan("10.96.0.60"), null).getSpec().getClusterIP())
        .isEqualTo("10.96.0.60");
  }

  @Test
  void theAddressOfAServiceThatStandsIsNeverChanged() {
    Service live = ApiServerService.wanted(OWNER, plan("10.96.0.60"), null);

    assertThat(ApiServerService.wanted(OWNER, plan("10.96.0.61"), live).getSpec().getClusterIP())
        .isEqualTo("10.96.0.60");
  }

  private JsonNode tree(String yaml) {
    return serialization.unmarshal(yaml, JsonNode.class);
  }

  private static ServicePlan plan(String clusterIp) {
    return new ServicePlan(
        "default", "apiserver", InetAddress.ofLiteral(clusterIp), 6443, List.of(), null);
  }
}
