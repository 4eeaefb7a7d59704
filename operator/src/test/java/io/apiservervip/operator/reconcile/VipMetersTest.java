package io.apiservervip.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.api.v1alpha1.ApiServerVipStatus;
import io.apiservervip.api.v1alpha1.CertificateStatus;
import io.apiservervip.api.v1alpha1.ConditionStatus;
import io.apiservervip.api.v1alpha1.ConditionStatusEntry;
import io.apiservervip.operator.status.EventPlan;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VipMetersTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final VipMeters meters = new VipMeters(registry);

  @Test
  void theStatusIsShownUnderTheNamesThatAlertsUse() {
    meters.leading(true);
    meters.show("door", status("cp-1", ConditionStatus.TRUE));

    assertThat(lines())
        .containsExactly(
            "apiservervip_addresses_held{vip=\"door\"} 1.0",
            "apiservervip_agents_desired{vip=\"door\"} 3.0",
            "apiservervip_agents_ready{vip=\"door\"} 2.0",
            "apiservervip_backends_known{vip=\"door\"} 3.0",
            "apiservervip_backends_ready{vip=\"door\"} 1.0",
            "apiservervip_certificate_expiry_seconds{backend=\"10.99.0.11:6443\",vip=\"door\"}"
                + " 1.7952192E9",
            "apiservervip_condition{status=\"False\",type=\"Ready\",vip=\"door\"} 0.0",
            "apiservervip_condition{status=\"True\",type=\"Ready\",vip=\"door\"} 1.0",
            "apiservervip_condition{status=\"Unknown\",type=\"Ready\",vip=\"door\"} 0.0",
            "apiservervip_moves_total{how=\"failed_over\",vip=\"door\"} 0.0",
            "apiservervip_moves_total{how=\"handed_over\",vip=\"door\"} 0.0");
  }

  @Test
  void aChangeIsShown() {
    meters.leading(true);
    meters.show("door", status("cp-1", ConditionStatus.TRUE));
    meters.show("door", status(null, ConditionStatus.FALSE));

    assertThat(lines())
        .contains(
            "apiservervip_addresses_held{vip=\"door\"} 0.0",
            "apiservervip_condition{status=\"False\",type=\"Ready\",vip=\"door\"} 1.0",
            "apiservervip_condition{status=\"True\",type=\"Ready\",vip=\"door\"} 0.0");
  }

  @Test
  void whatDoesNotExistIsNotShown() {
    meters.leading(true);
    meters.show(
        "service",
        new ApiServerVipStatus(1L, null, null, 3, 3, null, null, null, null, null, null, null));

    assertThat(lines())
        .filteredOn(line -> !line.startsWith("apiservervip_moves"))
        .containsExactly(
            "apiservervip_backends_known{vip=\"service\"} 3.0",
            "apiservervip_backends_ready{vip=\"service\"} 3.0");
  }

  @Test
  void movesAreCountedByTheirKind() {
    meters.leading(true);
    meters.show("door", status("cp-1", ConditionStatus.TRUE));
    meters.count("door", List.of(event("FailedOver"), event("BackendDown")));
    meters.count("door", List.of(event("HandedOver")));
    meters.count("door", List.of(event("HandedOver")));

    assertThat(lines())
        .contains(
            "apiservervip_moves_total{how=\"failed_over\",vip=\"door\"} 1.0",
            "apiservervip_moves_total{how=\"handed_over\",vip=\"door\"} 2.0");
  }

  @Test
  void aReplicaThatDoesNotLeadShowsNoStatus() {
    meters.show("door", status("cp-1", ConditionStatus.TRUE));
    assertThat(lines()).isEmpty();

    meters.leading(true);
    meters.show("door", status("cp-1", ConditionStatus.TRUE));
    meters.leading(false);
    meters.show("door", status("cp-1", ConditionStatus.TRUE));
    assertThat(lines()).allMatch(line -> line.startsWith("apiservervip_moves_total"));
  }

  @Test
  void aResourceThatIsGoneIsForgotten() {
    meters.leading(true);
    meters.show("door", status("cp-1", ConditionStatus.TRUE));
    meters.forget("door");

    assertThat(lines()).isEmpty();
  }

  /** All but the one that tells who leads. */
  @Test
  void thePageListsExactlyTheMetersThatExist() throws IOException {
    meters.leading(true);
    meters.show("door", status("cp-1", ConditionStatus.TRUE));
    TreeSet<String> registered = new TreeSet<>(Set.of("apiservervip.operator.leading"));
    registry.getMeters().forEach(meter -> registered.add(meter.getId().getName()));
    TreeSet<String> listed = new TreeSet<>();
    Matcher names =
        Pattern.compile("(?m)^\\| `(apiservervip[a-z._]+)` ")
            .matcher(Files.readString(Path.of("../docs/alerts.md")));
    while (names.find()) {
      listed.add(names.group(1));
    }

    assertThat(listed).isEqualTo(registered);
  }

  private List<String> lines() {
    return registry.scrape().lines().filter(line -> !line.startsWith("#")).sorted().toList();
  }

  private static EventPlan event(String reason) {
    return new EventPlan(EventPlan.Type.NORMAL, reason, "as it was");
  }

  private static ApiServerVipStatus status(@Nullable String active, ConditionStatus ready) {
    return new ApiServerVipStatus(
        1L,
        50,
        active,
        1,
        3,
        2,
        3,
        null,
        List.of(
            new ConditionStatusEntry("Ready", ready, 1L, "2026-11-20T22:30:00Z", "Because", "so")),
        null,
        List.of(new CertificateStatus("10.99.0.11:6443", "2026-11-21T00:00:00Z", List.of())),
        null);
  }
}
