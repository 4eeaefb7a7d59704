package io.apiservervip.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Release;
import io.apiservervip.e2e.cluster.ApiCalls.Answer;
import io.apiservervip.e2e.cluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;

/**
 * The life of a release: what an installation makes, an upgrade changes, and the removal leaves, so
 * that agents go on. Needs a real API server, as {@link TestCluster#ASSETS} names it: Helm asks for
 * more than the mock knows. The operator runs beside it with the release's account; the agents'
 * words are spoken in the name of theirs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartOnClusterIT {
  private static final List<String> KEPT =
      List.of(
          "/api/v1/namespaces/apiserver-vip/serviceaccounts/apiserver-vip-agent",
          "/apis/rbac.authorization.k8s.io/v1/namespaces/apiserver-vip/roles/apiserver-vip-agent",
          "/apis/rbac.authorization.k8s.io/v1/namespaces/apiserver-vip/rolebindings/apiserver-vip-agent",
          "/apis/rbac.authorization.k8s.io/v1/clusterroles/apiserver-vip-agent",
          "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/apiserver-vip-agent",
          "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/apiserver-vip-agent",
          "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings/apiserver-vip-agent",
          "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/apiservervips.apiservervip.io",
          ReleaseStage.DOOR,
          ReleaseStage.DAEMON_SET,
          ReleaseStage.DOCUMENT);

  private static final List<String> GONE =
      List.of(
          ReleaseStage.DEPLOYMENT,
          "/api/v1/namespaces/apiserver-vip/serviceaccounts/apiserver-vip-operator",
          "/apis/rbac.authorization.k8s.io/v1/namespaces/apiserver-vip/roles/apiserver-vip-operator",
          "/apis/rbac.authorization.k8s.io/v1/clusterroles/apiserver-vip-operator",
          "/apis/rbac.authorization.k8s.io/v1/clusterroles/apiserver-vip-service",
          "/apis/rbac.authorization.k8s.io/v1/clusterroles/apiserver-vip-view",
          "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings/apiserver-vip-service",
          "/apis/policy/v1/namespaces/apiserver-vip/poddisruptionbudgets/apiserver-vip-operator");

  private static final List<String> OPTIONAL =
      List.of(
          "/api/v1/namespaces/apiserver-vip/services/apiserver-vip-operator",
          "/api/v1/namespaces/apiserver-vip/services/apiserver-vip-agent",
          "/api/v1/namespaces/apiserver-vip/configmaps/apiserver-vip-dashboard",
          ReleaseStage.monitoring("servicemonitors/apiserver-vip-operator"),
          ReleaseStage.monitoring("servicemonitors/apiserver-vip-agent"));

  /** What kubectl says of an object that the server would take, without a warning. */
  private static final Pattern DRY =
      Pattern.compile("\\S+ (created|configured|unchanged) \\(server dry run\\)");

  private @Nullable ReleaseStage stage;
  private String uid = "";

  @AfterAll
  void itEnds() throws IOException {
    if (stage != null) {
      stage.close();
    }
  }

  /** In this order, one on the other. */
  @TestFactory
  Stream<DynamicTest> aReleaseLives() throws IOException, InterruptedException {
    if (System.getenv(TestCluster.ASSETS) == null) {
      System.out.println("chart on a cluster: left out, " + TestCluster.ASSETS + " is not set");
      return Stream.empty();
    }
    ReleaseStage now = ReleaseStage.start();
    stage = now;
    return Stream.of(
        test("the server's dry run takes everything that is rendered", () -> dryRun(now)),
        test("a first resource that cannot be is refused by name", () -> refused(now)),
        test("an installation makes everything and the first resource", () -> installed(now)),
        test("the operator works with the permissions of the release", () -> operates(now)),
        test("a permission that is missing is told by a condition", () -> forbidden(now)),
        test("a second installation is refused", () -> second(now)),
        test("an upgrade leaves the first resource alone", () -> upgraded(now)),
        test("the removal leaves what agents need", () -> removed(now)),
        test("another installation takes it over", () -> installedAgain(now)));
  }

  private static DynamicTest test(String name, Executable body) {
    return DynamicTest.dynamicTest(name, body);
  }

  /** Chart by default, chart with all that is optional, and the plain manifests. */
  private static void dryRun(ReleaseStage stage) throws IOException, InterruptedException {
    stage.prepareForDryRun();
    Path values = Path.of("src/test/resources/chart");
    Map<String, String> rendered =
        Map.of(
            "default", Chart.rendered(values.resolve("none.yaml")),
            "everything", Chart.rendered(values.resolve("everything.yaml")),
            "manifests", Files.readString(Path.of("../helm/manifests/apiserver-vip.yaml")));
    for (Map.Entry<String, String> one : rendered.entrySet()) {
      String said = stage.dryRun(one.getValue());
      assertThat(said.lines()).as(one.getKey()).isNotEmpty().allMatch(DRY.asMatchPredicate());
      assertThat(said.lines().count())
          .as(one.getKey())
          .isEqualTo(Pattern.compile("(?m)^kind: ").matcher(one.getValue()).results().count());
    }
  }

  private void refused(ReleaseStage stage) {
    assertThatThrownBy(() -> stage.install("[10.99.0.300]"))
        .hasMessageContaining("failed post-install")
        .hasMessageContaining("spec.addresses[0]");
    stage.uninstall();
  }

  private void installed(ReleaseStage stage) throws IOException, InterruptedException {
    Release release = stage.install("[10.99.0.50]");
    assertThat(release.getStatus()).isEqualTo("deployed");
    JsonNode door = stage.there(ReleaseStage.DOOR);
    uid = door.at("/metadata/uid").asText();
    assertThat(door.at("/spec/addresses/0").asText()).isEqualTo("10.99.0.50");
    assertThat(stage.there(ReleaseStage.DEPLOYMENT).at("/spec/replicas").asInt()).isEqualTo(2);
  }

  private void operates(ReleaseStage stage) throws IOException, InterruptedException {
    stage.startOperator();
    JsonNode set = stage.await(ReleaseStage.DAEMON_SET, "/metadata/uid", ".+");
    assertThat(set.at("/spec/template/spec/containers/0/image").asText())
        .isEqualTo("registry.example/node-agent:1.0.0");
    stage.await(ReleaseStage.DOCUMENT, "/data/config.yaml", "(?s).*cp-1.*");
    stage.await(ReleaseStage.DOOR, "/status/virtualRouterId", "50");
    assertThat(stage.agentWrites().code()).isEqualTo(200);
  }

  private static void forbidden(ReleaseStage stage) throws IOException, InterruptedException {
    stage.wantForbiddenService();
    JsonNode vip =
        stage.await(ReleaseStage.FORBIDDEN, "/status/conditions/5/reason", "WriteFailed");
    JsonNode condition = vip.at("/status/conditions/5");
    assertThat(condition.path("type").asText()).isEqualTo("ServiceSynced");
    assertThat(condition.path("message").asText())
        .contains("Service kube-public/apiserver")
        .contains("is forbidden: User")
        .contains("apiserver-vip-operator");
  }

  private static void second(ReleaseStage stage) {
    assertThatThrownBy(stage::installSecond)
        .hasMessageContaining("exists and cannot be imported into the current release");
  }

  private void upgraded(ReleaseStage stage) throws IOException, InterruptedException {
    Release release = stage.upgrade("[10.99.0.51]");
    assertThat(release.getRevision()).isEqualTo("2");
    assertThat(stage.there(ReleaseStage.DEPLOYMENT).at("/spec/replicas").asInt()).isEqualTo(3);
    for (String path : OPTIONAL) {
      stage.there(path);
    }
    JsonNode rule = stage.there(ReleaseStage.monitoring("prometheusrules/apiserver-vip"));
    assertThat(rule.at("/spec/groups/0/rules")).hasSize(10);
    sameDoor(stage);
  }

  /** The operator ends first, as its pod does when the Deployment goes. */
  private void removed(ReleaseStage stage) throws IOException, InterruptedException {
    stage.endOperator();
    stage.uninstall();
    for (String path : Stream.concat(GONE.stream(), OPTIONAL.stream()).toList()) {
      assertThat(stage.get(path).code()).as(path).isEqualTo(404);
    }
    for (String path : KEPT) {
      JsonNode kept = stage.there(path);
      assertThat(kept.at("/metadata/deletionTimestamp").isMissingNode()).as(path).isTrue();
    }
    sameDoor(stage);
    Answer written = stage.agentWrites();
    assertThat(written.code()).as(written.message()).isEqualTo(200);
    assertThat(stage.agentReads(ReleaseStage.DOCUMENT).code()).isEqualTo(200);
    assertThat(stage.agentWritesForAnother().code()).isEqualTo(422);
  }

  private void installedAgain(ReleaseStage stage) throws IOException, InterruptedException {
    assertThat(stage.install("[10.99.0.52]").getStatus()).isEqualTo("deployed");
    sameDoor(stage);
    stage.startOperator();
    stage.await(ReleaseStage.DOOR, "/status/activeNode", "cp-1");
  }

  private void sameDoor(ReleaseStage stage) throws IOException, InterruptedException {
    JsonNode door = stage.there(ReleaseStage.DOOR);
    assertThat(door.at("/metadata/uid").asText()).isEqualTo(uid);
    assertThat(door.at("/metadata/deletionTimestamp").isMissingNode()).isTrue();
    assertThat(door.at("/metadata/generation").asInt()).isEqualTo(1);
    assertThat(door.at("/spec/addresses/0").asText()).isEqualTo("10.99.0.50");
  }
}
