package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.health.BackendHealth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertsTest {
  @Test
  void worstComesFirst() {
    assertThat(Alerts.of(Samples.view(null, null), "users cannot be read"))
        .containsExactly(
            "the priority is changed by -85: the API server of this node fails its check",
            "no translation: the kernel has no nf_tables; clients use port 16443",
            "listener rke2: port 19345 is held by process 812 (rke2); choose another bindPort",
            "no SCHED_RR",
            "the certificate of 10.99.0.11:6443 ends in 10 days, at 2026-12-01T00:00:00Z",
            "the certificate of 10.99.0.11:6443 does not cover apiserver.cluster.local: clients"
                + " that check it refuse the server",
            "users cannot be read");
  }

  @Test
  void nobodyUpIsSaidOnceTheChecksKnow() {
    ProxyView some = Samples.proxy();
    BackendHealth down = some.health().getOrDefault("apiserver", List.of()).getLast();

    assertThat(alerts(down))
        .contains("listener apiserver: no backend is Up, so all of them are tried");
    assertThat(
            alerts(
                new BackendHealth(
                    down.address(), down.state(), 0, down.since(), null, -1, false, null)))
        .isEmpty();
  }

  private static List<String> alerts(BackendHealth health) {
    ProxyView some = Samples.proxy();
    AgentView view = Samples.view(null, null);
    ProxyView proxy =
        new ProxyView(
            List.of(some.listeners().getFirst()),
            Map.of("apiserver", List.of(health)),
            new ProxyView.Serving(0, true, ""),
            List.of(),
            null);
    return Alerts.of(
            new AgentView(
                view.identity(),
                view.group(),
                view.config(),
                view.router(),
                proxy,
                view.heartbeat()),
            null)
        .stream()
        .filter(line -> !line.equals("no SCHED_RR"))
        .toList();
  }
}
