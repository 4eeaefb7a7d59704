package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.router.Role;
import io.apiservervip.agent.vrrp.ChecksumForm;
import io.apiservervip.agent.vrrp.Rejection;
import io.apiservervip.agent.vrrp.TransitionReason;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RouterMetersTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RouterMeters meters =
      RouterMeters.register(registry, () -> Samples.router(null), List.of("addresses"));

  @Test
  void everyEventIsCountedUnderItsTag() {
    callEach(meters);
    meters.roleChanged(Role.BACKUP, Role.ACTIVE, TransitionReason.ACTIVE_SILENT, "silence");
    meters.queueFull("unannounced");
    meters.sendFailed(9999);

    assertThat(registry.scrape())
        .contains(
            "apiservervip_vrrp_adverts_sent_total{resign=\"true\"} 1.0",
            "apiservervip_vrrp_adverts_sent_total{resign=\"false\"} 0.0",
            "apiservervip_vrrp_send_errors_total{errno=\"enetdown\"} 1.0",
            "apiservervip_vrrp_send_errors_total{errno=\"other\"} 1.0",
            "apiservervip_vrrp_adverts_received_total{form=\"message_only\"} 1.0",
            "apiservervip_vrrp_adverts_rejected_total{reason=\"bad_ttl\"} 1.0",
            "apiservervip_vrrp_transitions_total{reason=\"active_silent\"} 1.0",
            "apiservervip_loop_late_seconds_bucket{le=\"0.005\"} 0",
            "apiservervip_loop_late_seconds_bucket{le=\"0.01\"} 1",
            "apiservervip_neighbor_announcements_total 1.0",
            "apiservervip_address_put_back_total 1.0",
            "apiservervip_queue_full_total{queue=\"addresses\"} 1.0",
            "apiservervip_queue_full_total{queue=\"other\"} 1.0",
            "apiservervip_vrrp_role{role=\"active\"} 1.0",
            "apiservervip_vrrp_role{role=\"backup\"} 0.0",
            "apiservervip_split_brain 0.0");
  }

  @Test
  void lastSixteenRoleChangesAreKeptNewestFirst() {
    for (int i = 0; i < 17; i++) {
      meters.roleChanged(Role.BACKUP, Role.ACTIVE, TransitionReason.ACTIVE_SILENT, "change " + i);
    }

    assertThat(meters.history().changes())
        .hasSize(16)
        .first()
        .extracting(RoleHistory.Change::detail)
        .isEqualTo("change 16");
  }

  @Test
  void everyRejectionHasItsCounterBeforeTheFirstPacket() {
    assertThat(registry.find("apiservervip.vrrp.adverts.rejected").counters())
        .hasSize(Rejection.values().length);
  }

  @Test
  void callsForEveryPacketAllocateNothing() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) {
      callEach(meters);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) {
      callEach(meters);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(bytes).as("bytes in 90,000 calls").isLessThan(10_000);
  }

  @Test
  void peerIsHeardOrNotByNodeName() {
    PeerMeters peers = PeerMeters.register(registry, () -> Samples.router(null));
    peers.members(List.of("cp-2", "cp-3"));
    assertThat(registry.scrape())
        .contains(
            "apiservervip_vrrp_peer_heard{node=\"cp-2\"} 1.0",
            "apiservervip_vrrp_peer_heard{node=\"cp-3\"} 0.0");

    peers.members(List.of("cp-3"));

    assertThat(registry.scrape()).doesNotContain("node=\"cp-2\"");
  }

  @Test
  void pageListsExactlyTheMetersThatExist() throws IOException {
    ProxyMeters proxy = ProxyMeters.register(registry);
    proxy.listener("apiserver").backend(Samples.backend("10.99.0.11", 6443));
    assertThat(
            ProxyWatch.register(registry, proxy, Samples::proxy, () -> 0).scrape(registry::scrape))
        .isNotEmpty();
    PeerMeters.register(registry, () -> Samples.router(null)).members(List.of("cp-2"));
    ConfigMeters.register(registry);
    ClusterMeters.register(registry, () -> true);
    TreeSet<String> registered = new TreeSet<>();
    for (Meter meter : registry.getMeters()) {
      registered.add(meter.getId().getName());
    }
    TreeSet<String> listed = new TreeSet<>();
    Matcher names =
        Pattern.compile("(?m)^\\| `(apiservervip[a-z._]+)` ")
            .matcher(Files.readString(Path.of("../docs/metrics.md")));
    while (names.find()) {
      listed.add(names.group(1));
    }

    assertThat(listed).isEqualTo(registered);
  }

  private static void callEach(RouterMeters meters) {
    meters.advertSent(true);
    meters.sendFailed(100);
    meters.advertReceived(ChecksumForm.MESSAGE_ONLY, true);
    meters.advertRejected(Rejection.BAD_TTL, null);
    meters.loopLate(7_000_000);
    meters.announced();
    meters.addressPutBack();
    meters.queueFull("addresses");
  }
}
