package io.apiservervip.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.cluster.ApiCalls.Answer;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** Apply on Kubernetes' own kinds that the operator makes. */
@ExtendWith(OneCluster.class)
class CoreKindsTest {
  private static final String CORE = "/api/v1/namespaces/default/";
  private static final String APPS = "/apis/apps/v1/namespaces/default/";

  private final ApiCalls api;
  private String name = "";

  CoreKindsTest(TestCluster cluster) throws IOException {
    this.api = cluster.calls();
  }

  @BeforeEach
  void aNameOfItsOwn(TestInfo test) {
    name = "c" + Integer.toHexString(test.getDisplayName().hashCode());
  }

  @Test
  void keysOfAConfigMapHaveOwnersEach() throws IOException, InterruptedException {
    String path = CORE + "configmaps/" + name;
    api.apply(path, "one", object("v1", "ConfigMap", "data: {a: \"1\"}"));
    api.apply(path, "two", object("v1", "ConfigMap", "data: {b: \"2\"}"));
    Answer left = api.apply(path, "one", object("v1", "ConfigMap", "data: {c: \"3\"}"));
    assertThat(left.body().path("data")).isEqualTo(Json.tree("{b: \"2\", c: \"3\"}"));
  }

  @Test
  void aHandEditedConfigMapIsPutRight() throws IOException, InterruptedException {
    String path = CORE + "configmaps/" + name;
    api.apply(path, "one", object("v1", "ConfigMap", "data: {a: \"1\"}"));
    api.merge(path + "?fieldManager=hand", "{data: {a: \"2\"}}");
    Answer right = api.force(path, "one", object("v1", "ConfigMap", "data: {a: \"1\"}"));
    assertThat(right.body().at("/data/a").asText()).isEqualTo("1");
    assertThat(Owned.managers(right.body())).containsExactly("one Apply");
  }

  @Test
  void portsOfAServiceAreMergedByNumberAndProtocol() throws IOException, InterruptedException {
    String path = CORE + "services/" + name;
    api.apply(path, "one", object("v1", "Service", "spec: {ports: [{name: https, port: 443}]}"));
    Answer both =
        api.apply(path, "two", object("v1", "Service", "spec: {ports: [{name: api, port: 6443}]}"));
    assertThat(both.body().at("/spec/ports").findValuesAsText("port"))
        .containsExactlyInAnyOrder("443", "6443");
    Answer left = api.apply(path, "one", object("v1", "Service", "spec: {type: ClusterIP}"));
    assertThat(left.body().at("/spec/ports").findValuesAsText("port")).containsExactly("6443");
  }

  @Test
  void containersOfADaemonSetAreMergedByName() throws IOException, InterruptedException {
    String path = APPS + "daemonsets/" + name;
    Answer made =
        api.apply(path, "one", daemonSet("{name: agent, image: a, env: [{name: A, value: b}]}"));
    assertThat(made.code()).as(made.message()).isEqualTo(201);
    assertThat(made.body().at("/metadata/generation").asInt()).isEqualTo(1);
    Answer changed = api.apply(path, "one", daemonSet("{name: agent, image: b}"));
    assertThat(changed.body().at("/spec/template/spec/containers/0/image").asText()).isEqualTo("b");
    assertThat(changed.body().at("/spec/template/spec/containers/0").has("env")).isFalse();
    assertThat(changed.body().at("/metadata/generation").asInt()).isEqualTo(2);
    Answer refused = api.apply(path, "two", daemonSet("{name: agent, image: c}"));
    assertThat(refused.message()).contains(".spec.template.spec.containers[name=\"agent\"].image");
  }

  @Test
  void aNodesStatusIsWrittenApart() throws IOException, InterruptedException {
    api.post("/api/v1/nodes", object("v1", "Node", "spec: {unschedulable: true}"));
    Answer status =
        api.merge(
            "/api/v1/nodes/" + name + "/status",
            "{status: {addresses: [{type: InternalIP, address: 10.99.0.11}]}, spec:"
                + " {unschedulable: false}}");
    assertThat(status.body().at("/status/addresses/0/address").asText()).isEqualTo("10.99.0.11");
    assertThat(api.get("/api/v1/nodes/" + name).body().at("/spec/unschedulable").asBoolean())
        .isTrue();
  }

  @Test
  void endpointsOfASliceAreReplacedWhole() throws IOException, InterruptedException {
    String path = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/" + name;
    api.apply(path, "one", slice("[{addresses: [10.99.0.11]}, {addresses: [10.99.0.12]}]"));
    Answer fewer = api.apply(path, "one", slice("[{addresses: [10.99.0.12]}]"));
    assertThat(fewer.body().path("endpoints").findValues("addresses").toString())
        .isEqualTo("[[\"10.99.0.12\"]]");
  }

  private String slice(String endpoints) {
    return object(
        "discovery.k8s.io/v1",
        "EndpointSlice",
        "addressType: IPv4\nendpoints: %s\nports: [{name: https, port: 6443}]"
            .formatted(endpoints));
  }

  private String daemonSet(String container) {
    return object(
        "apps/v1",
        "DaemonSet",
        "spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec:"
            + " {containers: [%s]}}}".formatted(container));
  }

  private String object(String apiVersion, String kind, String rest) {
    return "apiVersion: %s\nkind: %s\nmetadata: {name: %s}\n%s\n"
        .formatted(apiVersion, kind, name, rest);
  }
}
