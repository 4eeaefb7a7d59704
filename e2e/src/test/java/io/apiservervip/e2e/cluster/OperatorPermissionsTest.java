package io.apiservervip.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agentapi.VipSchema;
import io.apiservervip.e2e.cluster.ApiCalls.Answer;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operator's roles: what it needs is granted, what it does not need is not. */
@ExtendWith(OneCluster.class)
class OperatorPermissionsTest {
  private static final String OPERATOR =
      "system:serviceaccount:apiserver-vip:apiserver-vip-operator";

  private final TestCluster cluster;
  private final ApiCalls admin;

  OperatorPermissionsTest(TestCluster cluster) throws IOException {
    this.cluster = cluster;
    this.admin = cluster.calls();
  }

  /** One question to the authorizer; namespace and name may be empty. */
  private record Question(
      boolean granted, String verb, String group, String resource, String namespace, String name) {}

  private static Question yes(
      String verb, String group, String resource, String namespace, String name) {
    return new Question(true, verb, group, resource, namespace, name);
  }

  private static Question no(
      String verb, String group, String resource, String namespace, String name) {
    return new Question(false, verb, group, resource, namespace, name);
  }

  private static final List<Question> QUESTIONS =
      List.of(
          yes("patch", "apiservervip.io", "apiservervips/status", "", "v"),
          yes("watch", "apiservervip.io", "apiservervips", "", ""),
          yes("update", "apiservervip.io", "apiservervips/finalizers", "", "v"),
          yes("patch", "apps", "daemonsets", "apiserver-vip", "apiserver-vip-v"),
          yes("create", "", "secrets", "apiserver-vip", "apiserver-vip-v"),
          yes("delete", "", "pods", "apiserver-vip", "p"),
          yes("update", "coordination.k8s.io", "leases", "apiserver-vip", "apiserver-vip-operator"),
          yes("patch", "", "services", "default", "apiserver"),
          yes("patch", "discovery.k8s.io", "endpointslices", "default", "apiserver-ipv4"),
          yes("watch", "", "nodes", "", ""),
          yes("watch", "", "services", "", ""),
          yes("create", "events.k8s.io", "events", "default", ""),
          no("delete", "apiservervip.io", "apiservervips", "", "v"),
          no("patch", "", "nodes", "", "cp-1"),
          no("get", "", "secrets", "kube-system", "x"),
          no("patch", "", "services", "kube-system", "kube-dns"),
          no("update", "coordination.k8s.io", "leases", "apiserver-vip", "another"),
          no("patch", "apps", "daemonsets", "kube-system", "kube-proxy"),
          no("create", "", "pods", "apiserver-vip", ""),
          no("delete", "apiextensions.k8s.io", "customresourcedefinitions", "", ""));

  @TestFactory
  Stream<DynamicTest> theRolesGrantWhatItNeedsAndNoMore() throws IOException, InterruptedException {
    if (!cluster.validates()) {
      return Stream.empty();
    }
    DeployManifests.install(admin);
    return QUESTIONS.stream()
        .map(
            question ->
                DynamicTest.dynamicTest(
                    question.toString(),
                    () -> assertThat(granted(question)).isEqualTo(question.granted())));
  }

  @TestFactory
  Stream<DynamicTest> itInstallsItsOwnDefinitionAndNoOther()
      throws IOException, InterruptedException {
    if (!cluster.validates()) {
      return Stream.empty();
    }
    DeployManifests.install(admin);
    ApiCalls operator = admin.as(OPERATOR, "system:serviceaccounts");
    String definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/";
    return Stream.of(
        DynamicTest.dynamicTest(
            "its own",
            () ->
                assertThat(
                        operator
                            .force(
                                definitions + "apiservervips.apiservervip.io",
                                "apiserver-vip-operator",
                                VipSchema.crdYaml())
                            .code())
                    .isIn(200, 201)),
        DynamicTest.dynamicTest(
            "another",
            () ->
                assertThat(
                        operator
                            .force(definitions + "others.example.io", "x", VipSchema.crdYaml())
                            .code())
                    .isEqualTo(403)));
  }

  private boolean granted(Question question) throws IOException, InterruptedException {
    String[] resource = question.resource().split("/", 2);
    Answer answer =
        admin.post(
            "/apis/authorization.k8s.io/v1/subjectaccessreviews",
            "{apiVersion: authorization.k8s.io/v1, kind: SubjectAccessReview, spec: {user: \"%s\","
                    .formatted(OPERATOR)
                + " resourceAttributes: {verb: %s, group: \"%s\", resource: %s, subresource: \"%s\","
                    .formatted(
                        question.verb(),
                        question.group(),
                        resource[0],
                        resource.length == 2 ? resource[1] : "")
                + " namespace: \"%s\", name: \"%s\"}}}"
                    .formatted(question.namespace(), question.name()));
    assertThat(answer.code()).as(answer.message()).isEqualTo(201);
    return answer.body().at("/status/allowed").asBoolean();
  }
}
