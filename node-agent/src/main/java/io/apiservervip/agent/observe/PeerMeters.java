package io.apiservervip.agent.observe;

import io.apiservervip.agent.router.RouterStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;
import java.util.function.Supplier;

/** One 0/1 gauge for each configured member: do we hear it. */
public final class PeerMeters {
  private final MultiGauge heard;
  private final Supplier<RouterStatus> status;

  private PeerMeters(MultiGauge heard, Supplier<RouterStatus> status) {
    this.heard = heard;
    this.status = status;
  }

  /** Registers the gauge without rows. */
  public static PeerMeters register(MeterRegistry registry, Supplier<RouterStatus> status) {
    return new PeerMeters(
        MultiGauge.builder("apiservervip.vrrp.peer.heard").register(registry), status);
  }

  /** Shows these members, by node name, and no others; at start and after each reload. */
  public void members(Collection<String> nodes) {
    heard.register(
        nodes.stream()
            .map(node -> MultiGauge.Row.of(Tags.of("node", node), () -> heard(node)))
            .toList(),
        true);
  }

  private int heard(String node) {
    return status.get().peers().stream().anyMatch(peer -> peer.heard() && peer.node().equals(node))
        ? 1
        : 0;
  }
}
