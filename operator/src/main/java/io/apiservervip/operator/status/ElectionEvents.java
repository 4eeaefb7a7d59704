package io.apiservervip.operator.status;

import io.apiservervip.api.v1alpha1.ApiServerVipStatus;
import io.apiservervip.api.v1alpha1.NodeRole;
import io.apiservervip.api.v1alpha1.NodeStatus;
import io.apiservervip.api.v1alpha1.PeerStatus;
import io.apiservervip.operator.status.Recollection.Election;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Events about who holds the addresses, and what is to be remembered of it. */
final class ElectionEvents {
  /** In a planned move the old Active says Backup before the new one's entry arrives. */
  static final Duration GAP = Duration.ofSeconds(3);

  private final Situation situation;
  private final EventBook book;

  ElectionEvents(Situation situation, EventBook book) {
    this.situation = situation;
    this.book = book;
  }

  /** Writes the Events; what is to be remembered. */
  Election raise() {
    Election before = situation.inputs().observation().before().election();
    ApiServerVipStatus stored = situation.inputs().stored();
    String last = before.active();
    if (last == null && stored != null) {
      last = stored.activeNode();
    }
    String holder = situation.holder();
    if (holder == null) {
      return last == null
          ? new Election(null, null, false, situation.rivalsSince())
          : lost(last, before);
    }
    if (last == null) {
      book.normal("Active", holder + " holds the addresses");
    } else if (!holder.equals(last)) {
      moved(last, holder);
    } else if (before.told()) {
      book.normal("Active", holder + " holds the addresses again");
    }
    return new Election(holder, null, false, situation.rivalsSince());
  }

  private Election lost(String last, Election before) {
    Instant since = Objects.requireNonNullElse(before.nobodySince(), situation.now());
    boolean due = !situation.now().isBefore(since.plus(GAP));
    if (due && !before.told()) {
      book.warning(
          ReadyCondition.NO_ACTIVE,
          last
              + " does not hold the addresses any more, and nobody else does; see condition Ready");
    }
    return new Election(last, since, due || before.told(), situation.rivalsSince());
  }

  private void moved(String last, String holder) {
    NodeRole role = situation.agents().role(last);
    boolean gaveAway = situation.agents().entry(last) != null && role != NodeRole.ACTIVE;
    String lasted = duration(last, holder);
    if (gaveAway) {
      book.normal(
          "HandedOver", last + " gave the addresses away, " + holder + " has them" + lasted);
    } else {
      book.warning("FailedOver", holder + " took the addresses over from " + last + lasted);
    }
  }

  /** From the old one's last advert to the new one's claim, by the new one's clock alone. */
  private String duration(String last, String holder) {
    NodeStatus entry = situation.agents().entry(holder);
    Instant claimed = entry == null ? null : Observation.time(entry.lastTransitionTime());
    Instant heard = entry == null ? null : lastHeard(entry, last);
    if (claimed == null || heard == null || heard.isAfter(claimed)) {
      return "";
    }
    return ", " + Duration.between(heard, claimed).toMillis() + " ms after its last advert";
  }

  private static @Nullable Instant lastHeard(NodeStatus entry, String node) {
    for (PeerStatus peer : Objects.requireNonNullElse(entry.peers(), List.<PeerStatus>of())) {
      if (peer.node().equals(node)) {
        return Observation.time(peer.lastHeard());
      }
    }
    return null;
  }
}
