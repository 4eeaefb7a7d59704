package io.apiservervip.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.health.ServerCertificate;
import io.apiservervip.api.v1alpha1.BackendState;
import io.apiservervip.api.v1alpha1.CertificateStatus;
import io.apiservervip.api.v1alpha1.ServiceStatus;
import io.apiservervip.operator.model.ApiServer;
import io.apiservervip.operator.model.EndpointsPlan;
import io.apiservervip.operator.model.Refusal;
import io.apiservervip.operator.model.RefusalReason;
import io.apiservervip.operator.model.ServiceFacts;
import io.apiservervip.operator.model.ServicePlan;
import io.apiservervip.operator.model.SlicePlan;
import io.apiservervip.operator.model.VipPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServiceAndCertificateTest {
  private static final Instant END = Instant.parse("2027-11-20T00:00:00Z");
  private static final ServiceFacts FOUND =
      new ServiceFacts("default", "apiserver", List.of(Stage.ip("10.96.0.60")), "control-plane");
  private static final EndpointsPlan PUBLISHED =
      new EndpointsPlan(
          "default",
          "apiserver",
          List.of(
              new SlicePlan(
                  "apiserver-ipv4-6443",
                  SlicePlan.Family.IPV4,
                  6443,
                  List.of(
                      new SlicePlan.Endpoint(Stage.ip("10.99.0.11"), "cp-1", true),
                      new SlicePlan.Endpoint(Stage.ip("10.99.0.12"), "cp-2", false)))));
  private final Stage stage = new Stage();

  @Test
  void aServiceAloneIsReadyWhenTheOperatorReachesAnApiServer() {
    serviceOnly(null);
    stage.service = new ServiceState(FOUND, PUBLISHED, null);
    stage.checks.put(Stage.server("10.99.0.11"), BackendState.UP);
    stage.checks.put(Stage.server("10.99.0.12"), BackendState.DOWN);
    StatusPlan plan = stage.look();
    assertThat(Stage.condition(plan, "Ready").message())
        .isEqualTo("the Service is in step; 1 of 2 API servers are up");
    assertThat(Stage.verdict(plan, "Programmed")).isEqualTo("True NoAgentsNeeded");
    assertThat(Stage.verdict(plan, "SplitBrain")).isEqualTo("False NoAddresses");
    assertThat(Stage.condition(plan, "ServiceSynced").message())
        .isEqualTo("Service default/apiserver port 6443 leads to 1 of 2 API servers");
    assertThat(plan.status().service())
        .isEqualTo(new ServiceStatus("10.96.0.60", List.of("10.99.0.11")));
    assertThat(plan.status().desiredAgents()).isNull();
    assertThat(plan.again()).isNull();
  }

  @Test
  void aClusterIpThatCannotBeChangedIsToldOnce() {
    serviceOnly(
        new Refusal(
            RefusalReason.CLUSTER_IP_IMMUTABLE, "spec.service.clusterIP", "nobody changes that"));
    stage.service = new ServiceState(FOUND, PUBLISHED, null);
    StatusPlan plan = stage.look();
    assertThat(Stage.verdict(plan, "ServiceSynced")).isEqualTo("False ClusterIpImmutable");
    assertThat(Stage.events(plan))
        .containsExactly("Warning ClusterIpImmutable: spec.service.clusterIP: nobody changes that");
    assertThat(stage.look().events()).isEmpty();
  }

  @Test
  void aForeignServiceIsReportedAndNotShownAsOurs() {
    serviceOnly(new Refusal(RefusalReason.FOREIGN_SERVICE, "spec.service.name", "exists"));
    stage.service = new ServiceState(FOUND, null, null);
    StatusPlan plan = stage.look();
    assertThat(Stage.verdict(plan, "ServiceSynced")).isEqualTo("False ForeignService");
    assertThat(Stage.verdict(plan, "Ready")).isEqualTo("False ForeignService");
    assertThat(plan.status().service()).isNull();
  }

  @Test
  void whatTheServerRefusedIsTold() {
    serviceOnly(null);
    stage.service = new ServiceState(null, null, "provided IP is already allocated");
    assertThat(Stage.condition(stage.look(), "ServiceSynced").message())
        .isEqualTo("Service default/apiserver: provided IP is already allocated");
  }

  @Test
  void aServiceThatIsNotWantedIsInOrder() {
    assertThat(Stage.verdict(stage.look(), "ServiceSynced")).isEqualTo("True Disabled");
  }

  @Test
  void namesThatClientsUseMustStandInEveryCertificate() {
    stage.certificates.put(
        Stage.server("10.99.0.11"),
        new ServerCertificate(List.of("kubernetes", "10.99.0.11", "10.99.0.50"), END));
    stage.service = new ServiceState(FOUND, null, null);
    StatusPlan good = stage.look();
    assertThat(Stage.verdict(good, "CertificateCovered")).isEqualTo("True Covered");
    assertThat(Stage.condition(good, "CertificateCovered").message())
        .isEqualTo(
            "the certificates have every name that clients use; not among them: 10.96.0.60 (clients"
                + " there set tls-server-name: kubernetes)");
    stage.certificates.put(
        Stage.server("10.99.0.12"), new ServerCertificate(List.of("kubernetes"), END));
    StatusPlan bad = stage.look();
    assertThat(Stage.condition(bad, "CertificateCovered").message())
        .startsWith("the certificates of 10.99.0.12:6443 lack 10.99.0.50; add them to ");
    assertThat(bad.status().certificates())
        .containsExactly(
            new CertificateStatus("10.99.0.11:6443", "2027-11-20T00:00:00Z", List.of()),
            new CertificateStatus(
                "10.99.0.12:6443", "2027-11-20T00:00:00Z", List.of("10.99.0.50")));
    assertThat(bad.events()).extracting(EventPlan::reason).containsExactly("NamesMissing");
  }

  @Test
  void beforeACertificateWasSeenNothingIsClaimed() {
    assertThat(Stage.verdict(stage.look(), "CertificateCovered")).isEqualTo("Unknown NotChecked");
  }

  private void serviceOnly(@Nullable Refusal blocked) {
    ServicePlan service =
        new ServicePlan(
            "default",
            "apiserver",
            null,
            6443,
            List.of(
                new ApiServer(Stage.ip("10.99.0.11"), 6443, null),
                new ApiServer(Stage.ip("10.99.0.12"), 6443, null)),
            blocked);
    stage.plan = new VipPlan.Accepted(3, null, Map.of(), null, service, List.of(), null);
  }
}
