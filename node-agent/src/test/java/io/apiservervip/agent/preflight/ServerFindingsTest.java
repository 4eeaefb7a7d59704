package io.apiservervip.agent.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.health.BackendHealth;
import io.apiservervip.agent.health.ServerCertificate;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.api.v1alpha1.BackendState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerFindingsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private static List<Finding> of(
      BackendState state, @Nullable String error, @Nullable ServerCertificate certificate) {
    BackendHealth health =
        new BackendHealth(
            new BackendAddress(Nodes.ip("10.99.0.12"), 6443),
            state,
            0,
            NOW,
            error,
            1,
            true,
            certificate);
    return ServerFindings.of(health, List.of("10.99.0.50", "api.lan"), NOW);
  }

  private static ServerCertificate certificate(String until, String... names) {
    return new ServerCertificate(List.of(names), Instant.parse(until));
  }

  @Test
  void aServerThatAnswersWithAGoodCertificate() {
    assertThat(
            of(BackendState.UP, null, certificate("2027-11-20T12:00:00Z", "10.99.0.50", "*.lan")))
        .containsExactly(
            Finding.ok("API server 10.99.0.12:6443", "answers"),
            Finding.ok(
                "certificate of 10.99.0.12:6443",
                "covers 10.99.0.50, api.lan, until 2027-11-20T12:00:00Z"));
  }

  @Test
  void namesThatAreMissingAreListed() {
    assertThat(of(BackendState.UP, null, certificate("2027-11-20T12:00:00Z", "10.99.0.12")))
        .contains(
            Finding.fail(
                "certificate of 10.99.0.12:6443",
                "does not cover 10.99.0.50, api.lan",
                "add to its names: certSANs of kubeadm, tls-san of k3s and RKE2, sans of k0s"));
  }

  @Test
  void theEndOfACertificateIsSeen() {
    assertThat(
            of(BackendState.UP, null, certificate("2026-12-01T12:00:00Z", "10.99.0.50", "*.lan")))
        .contains(
            Finding.warn(
                "certificate of 10.99.0.12:6443",
                "ends in 11 days, at 2026-12-01T12:00:00Z",
                "renew it (kubeadm certs renew apiserver)"));
    assertThat(
            of(BackendState.UP, null, certificate("2026-11-20T12:00:00Z", "10.99.0.50", "*.lan"))
                .getLast()
                .result())
        .isEqualTo(Result.FAIL);
  }

  @Test
  void refusedIsAWarningSinceThereMayBeNoClusterYet() {
    assertThat(of(BackendState.DOWN, "connection refused", null))
        .containsExactly(
            Finding.warn(
                "API server 10.99.0.12:6443",
                "connection refused: nobody listens there",
                "as it should be before the cluster is made; else start it, or correct"
                    + " backendPort"));
  }

  @Test
  void silenceIsAFailureAndNotReadyAWarning() {
    assertThat(of(BackendState.DOWN, "no answer to the connect in 1000 ms", null))
        .containsExactly(
            Finding.fail(
                "API server 10.99.0.12:6443",
                "no answer to the connect in 1000 ms",
                "look at routes and firewalls between the nodes, or correct the address"));
    assertThat(of(BackendState.NOT_READY, "HTTP 500", null))
        .containsExactly(
            Finding.warn(
                "API server 10.99.0.12:6443",
                "answers and is not ready: HTTP 500",
                "ask it for /readyz?verbose what it lacks"));
  }

  @Test
  void aSilentServerIsAskedAgain() {
    BackendAddress address = new BackendAddress(Nodes.ip("10.99.0.12"), 6443);
    for (String error : List.of("connection refused", "no answer to the request in 1000 ms")) {
      BackendHealth health =
          new BackendHealth(address, BackendState.DOWN, 0, NOW, error, 1, true, null);
      assertThat(ServerFindings.settled(health)).isEqualTo(error.equals("connection refused"));
    }
  }
}
