package io.apiservervip.operator.status;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.api.v1alpha1.NodeRole;
import io.apiservervip.api.v1alpha1.NodeStatus;
import io.apiservervip.api.v1alpha1.PeerStatus;
import io.apiservervip.operator.status.ActiveClaims.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Judges by evidence whether two nodes hold the addresses. There are three kinds, and none of them
 * is left by a crash or a planned move:
 *
 * <ul>
 *   <li>two claims stand, and the older one's entry is still written {@code max(3 s, 2 *
 *       addressLifetime)} after the later claim, before the operator's eyes;
 *   <li>an Active has been hearing another for that long;
 *   <li>an agent says so: it judges by adverts, and by who answers for the address.
 * </ul>
 */
final class SplitBrainJudge {
  private static final Duration LEAST = Duration.ofSeconds(3);
  private static final String REMEDY =
      ": IP protocol 112 is filtered between them, or the VRID or the password differs; let"
          + " protocol 112 pass between the nodes, and compare status.nodes[].peers";

  private final Agents agents;
  private final ActiveClaims claims;
  private final Observation observation;
  private final Duration patience;

  SplitBrainJudge(
      Agents agents, ActiveClaims claims, Observation observation, @Nullable AgentConfig document) {
    this.agents = agents;
    this.claims = claims;
    this.observation = observation;
    this.patience = patience(document);
  }

  /** How long evidence must last. */
  static Duration patience(@Nullable AgentConfig document) {
    if (document == null || document.vrrp() == null) {
      return LEAST;
    }
    Duration twice = document.vrrp().addressLifetime().multipliedBy(2);
    return twice.compareTo(LEAST) > 0 ? twice : LEAST;
  }

  /**
   * The verdict, a sentence with both names, the likely cause and the remedy; null: none.
   *
   * @param rivalsSince as {@link #rivalsSince()} has it
   * @param standing it was told before, so it goes on as long as two claims stand
   */
  @Nullable String verdict(@Nullable Instant rivalsSince, boolean standing) {
    String told = told();
    if (told != null) {
      return told;
    }
    List<Claim> valid = claims.valid();
    if (valid.size() > 1) {
      Claim older = valid.getFirst();
      Claim later = valid.getLast();
      if (standing || proved(older, later)) {
        return older.node() + " and " + later.node() + " both hold the addresses" + REMEDY;
      }
    }
    String rivals = rivals();
    boolean lasting =
        rivalsSince != null && !observation.now().isBefore(rivalsSince.plus(patience));
    return rivals != null && (lasting || standing) ? rivals : null;
  }

  /** Since when an Active has been hearing another, this moment included; null: none does. */
  @Nullable Instant rivalsSince() {
    if (rivals() == null) {
      return null;
    }
    return Objects.requireNonNullElse(
        observation.before().election().rivalsSince(), observation.now());
  }

  private boolean proved(Claim older, Claim later) {
    return older.witnessed()
        && later.witnessed()
        && !older.writtenAt().isBefore(later.claimedAt().plus(patience));
  }

  private @Nullable String told() {
    for (NodeStatus entry : agents.fresh()) {
      String verdict = EntryMessage.after(EntryMessage.SPLIT_BRAIN, entry);
      if (verdict != null) {
        return verdict
            + " (says "
            + entry.name()
            + "); let protocol 112 pass between the nodes,"
            + " with one virtualRouterId and one password for all";
      }
    }
    return null;
  }

  /** An Active whose entry, written long enough after it became so, says that it hears another. */
  private @Nullable String rivals() {
    for (NodeStatus entry : agents.fresh()) {
      Instant since = Observation.time(entry.lastTransitionTime());
      if (agents.role(entry.name()) != NodeRole.ACTIVE || since == null) {
        continue;
      }
      for (PeerStatus peer : Objects.requireNonNullElse(entry.peers(), List.<PeerStatus>of())) {
        Instant heard = Observation.time(peer.lastHeard());
        if (Boolean.TRUE.equals(peer.heard())
            && heard != null
            && !heard.isBefore(since.plus(patience))) {
          return entry.name()
              + " is Active and hears "
              + peer.node()
              + " advertise as Active too"
              + REMEDY;
        }
      }
    }
    return null;
  }
}
