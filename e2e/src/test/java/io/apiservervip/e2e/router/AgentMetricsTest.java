package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgentMetricsTest {
  private static final AgentMetrics METRICS =
      AgentMetrics.parse(
          """
          # TYPE apiservervip_loop_late_seconds histogram
          apiservervip_loop_late_seconds_bucket{le="0.001"} 90
          apiservervip_loop_late_seconds_bucket{le="0.005"} 97
          apiservervip_loop_late_seconds_bucket{le="+Inf"} 98
          apiservervip_loop_late_seconds_max 0.0071
          apiservervip_vrrp_adverts_sent_total{resign="false"} 1.2E3
          apiservervip_vrrp_adverts_sent_total{resign="true"} 2.0
          apiservervip_vrrp_transitions_total{reason="started"} 1.0
          apiservervip_vrrp_transitions_total{reason="active_silent"} 2.0
          """);

  @Test
  void advertsAndTransitionsAreCountedOverTheirLabels() {
    assertThat(METRICS.advertsSent()).isEqualTo(1200);
    assertThat(METRICS.transitions()).isEqualTo(3);
  }

  @Test
  void bucketsOfLatenessHoldTheirOwnCountOnly() {
    assertThat(METRICS.lateness())
        .containsExactly(
            java.util.Map.entry("0.001", 90L),
            java.util.Map.entry("0.005", 7L),
            java.util.Map.entry("+Inf", 1L));
    assertThat(METRICS.worstLatenessSeconds()).isEqualTo(0.0071);
  }
}
