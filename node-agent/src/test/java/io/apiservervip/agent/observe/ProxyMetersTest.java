package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.proxy.BackendObserver;
import io.apiservervip.agent.proxy.ConnectFailure;
import io.apiservervip.agent.proxy.ListenerObserver;
import io.apiservervip.agent.proxy.RefusalReason;
import io.apiservervip.agent.proxy.SessionEnd;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProxyMetersTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ProxyMeters meters = ProxyMeters.register(registry);
  private final AtomicLong now = new AtomicLong();
  private final AtomicReference<@Nullable ProxyView> view = new AtomicReference<>(Samples.proxy());
  private final ProxyWatch watch = ProxyWatch.register(registry, meters, view::get, now::get);
  private final ListenerObserver listener = meters.listener("apiserver");
  private final BackendObserver backend = listener.backend(Samples.backend("10.99.0.11", 6443));

  @Test
  void everyEventIsCountedUnderItsListenerAndBackend() {
    callEach();
    listener.queued();
    meters.pipesExhausted();
    meters.acceptFailed(24);
    meters.acceptFailed(9999);

    assertThat(scrape())
        .contains(
            "apiservervip_listener_connections_total{listener=\"apiserver\"} 1.0",
            "apiservervip_listener_refused_total{listener=\"apiserver\",reason=\"too_many_of_source\"} 1.0",
            "apiservervip_listener_queued_total{listener=\"apiserver\"} 2.0",
            "apiservervip_listener_waiting{listener=\"apiserver\"} 1.0",
            "apiservervip_listener_session_ends_total{listener=\"apiserver\",reason=\"queue_full\"} 1.0",
            "apiservervip_listener_bytes_total{direction=\"from_client\",listener=\"apiserver\"} 300.0",
            "apiservervip_listener_bytes_total{direction=\"to_client\",listener=\"apiserver\"} 5000.0",
            "apiservervip_backend_sessions{backend=\"10.99.0.11:6443\",listener=\"apiserver\"} 0.0",
            "apiservervip_backend_connections_total{backend=\"10.99.0.11:6443\",listener=\"apiserver\"} 1.0",
            "apiservervip_backend_connect_failures_total{backend=\"10.99.0.11:6443\",listener=\"apiserver\",reason=\"timed_out\"} 1.0",
            "apiservervip_backend_hedged_total{backend=\"10.99.0.11:6443\",listener=\"apiserver\"} 1.0",
            "apiservervip_backend_replayed_total{backend=\"10.99.0.11:6443\",listener=\"apiserver\"} 1.0",
            "apiservervip_backend_connect_seconds_bucket{backend=\"10.99.0.11:6443\",listener=\"apiserver\",le=\"0.002\"} 0",
            "apiservervip_backend_connect_seconds_bucket{backend=\"10.99.0.11:6443\",listener=\"apiserver\",le=\"0.005\"} 1",
            "apiservervip_proxy_pipes_exhausted_total 1.0",
            "apiservervip_proxy_accept_errors_total{errno=\"emfile\"} 1.0",
            "apiservervip_proxy_accept_errors_total{errno=\"other\"} 1.0");
  }

  @Test
  void gaugesShowTheSnapshotOfTheScrape() {
    assertThat(scrape())
        .contains(
            "apiservervip_listener_sessions{listener=\"apiserver\"} 1247.0",
            "apiservervip_listener_problem{listener=\"apiserver\"} 0.0",
            "apiservervip_listener_problem{listener=\"rke2\"} 1.0",
            "apiservervip_backend_pending{backend=\"10.99.0.11:6443\",listener=\"apiserver\"} 2.0",
            "apiservervip_backend_weight{backend=\"[fd99:0:0:0:0:0:0:13]:6443\",listener=\"apiserver\"} 50.0",
            "apiservervip_backend_state{backend=\"10.99.0.12:6443\",listener=\"apiserver\",state=\"down\"} 1.0",
            "apiservervip_backend_state{backend=\"10.99.0.12:6443\",listener=\"apiserver\",state=\"up\"} 0.0",
            "apiservervip_backend_check_duration_seconds{backend=\"10.99.0.11:6443\",listener=\"apiserver\"} 0.003456789",
            "apiservervip_backend_certificate_expiry_seconds{backend=\"10.99.0.11:6443\",listener=\"apiserver\"} 1.7960832E9",
            "apiservervip_translation_problem 1.0",
            "apiservervip_health_weight -85.0",
            "apiservervip_health_can_serve 1.0");

    view.set(null);

    assertThat(scrape())
        .doesNotContain("apiservervip_backend_state", "apiservervip_translation_problem");
  }

  @Test
  void theSameNameAndAddressYieldTheSameObject() {
    assertThat(meters.listener("apiserver")).isSameAs(listener);
    assertThat(listener.backend(Samples.backend("10.99.0.11", 6443))).isSameAs(backend);
  }

  @Test
  void metersOfABackendGoAtTheSecondLookThatFindsItGoneAndIdle() {
    BackendObserver removed = listener.backend(Samples.backend("10.99.0.99", 6443));
    removed.sessions(1);
    meters.keep(Samples.proxy().listeners());
    meters.keep(Samples.proxy().listeners());
    assertThat(registry.scrape()).contains("10.99.0.99");

    removed.sessions(-1);
    meters.keep(Samples.proxy().listeners());

    assertThat(registry.scrape()).doesNotContain("10.99.0.99").contains("10.99.0.11");
  }

  @Test
  void backendThatThePoolDoesNotShowYetKeepsItsMeters() {
    listener.backend(Samples.backend("10.99.0.99", 6443));
    meters.keep(Samples.proxy().listeners());

    assertThat(registry.scrape()).contains("10.99.0.99");
  }

  @Test
  void metersOfAListenerGoWithIt() {
    meters.keep(List.of());
    assertThat(registry.scrape()).contains("apiservervip_listener_connections_total");

    meters.keep(List.of());

    assertThat(registry.scrape())
        .doesNotContain(
            "apiservervip_listener_connections_total", "apiservervip_backend_connections_total");
  }

  @Test
  void watchRemovesAndSamplesEveryFiveSeconds() {
    listener.backend(Samples.backend("10.99.0.99", 6443));
    watch.turn();
    now.set(4_999_999_999L);
    watch.turn();
    assertThat(registry.scrape()).contains("10.99.0.99");

    now.set(5_000_000_000L);
    watch.turn();

    assertThat(registry.scrape()).doesNotContain("10.99.0.99");
  }

  @Test
  void trafficCarriesTotalsAndRates() {
    watch.turn();
    backend.sessions(1);
    backend.bytes(1000, 50_000);
    backend.connectFailed(ConnectFailure.LOST_RACE);
    backend.connectFailed(ConnectFailure.REFUSED);
    now.set(4_000_000_000L);

    assertThat(watch.traffic().get("apiserver"))
        .containsEntry(
            Samples.backend("10.99.0.11", 6443),
            new Traffic(
                new BackendTotals(1, 1000, 50_000, 0, 0, 1), new Traffic.Rate(0.25, 250, 12_500)));
  }

  @Test
  void callsOfEverySessionAllocateNothing() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) {
      callEach();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) {
      callEach();
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(bytes).as("bytes in 130,000 calls").isLessThan(10_000);
  }

  private String scrape() {
    return watch.scrape(registry::scrape);
  }

  private void callEach() {
    listener.accepted();
    listener.refused(RefusalReason.TOO_MANY_OF_SOURCE);
    listener.queued();
    listener.dequeued();
    listener.ended(SessionEnd.QUEUE_FULL);
    listener.bytes(300, 5000);
    backend.connected(3_000_000);
    backend.connectFailed(ConnectFailure.TIMED_OUT);
    backend.hedged();
    backend.replayed();
    backend.sessions(1);
    backend.sessions(-1);
    backend.bytes(300, 5000);
  }
}
