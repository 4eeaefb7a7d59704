package io.apiservervip.operator.status;

import io.apiservervip.api.v1alpha1.NodeStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The claims to be Active, judged. A newer claim supersedes an older one: whoever crashed cannot
 * take its claim back. It does not where the older one's entry is written again after it: that
 * agent lives, and still says so.
 *
 * @param valid those that stand, the oldest first
 */
record ActiveClaims(List<Claim> valid) {

  /**
   * One agent that says it is Active.
   *
   * @param claimedAt when the claim was first seen
   * @param writtenAt when the entry was last written
   * @param witnessed that write was seen when it happened
   */
  record Claim(String node, Instant claimedAt, Instant writtenAt, boolean witnessed) {
    private boolean supersededBy(Claim other) {
      return other.claimedAt.isAfter(claimedAt) && !writtenAt.isAfter(other.claimedAt);
    }
  }

  private static final Comparator<Claim> BY_TIME =
      Comparator.comparing(Claim::claimedAt).thenComparing(Claim::node);

  ActiveClaims {
    valid = List.copyOf(valid);
  }

  static ActiveClaims of(Agents agents, Observation observation) {
    List<Claim> claims = new ArrayList<>();
    for (NodeStatus entry : agents.fresh()) {
      Sighting seen = Objects.requireNonNull(observation.sightings().get(entry.name()));
      Instant claimedAt = seen.claimedAt();
      if (claimedAt != null) {
        claims.add(new Claim(entry.name(), claimedAt, seen.writtenAt(), seen.witnessed()));
      }
    }
    return new ActiveClaims(
        claims.stream()
            .filter(claim -> claims.stream().noneMatch(claim::supersededBy))
            .sorted(BY_TIME)
            .toList());
  }

  /**
   * Who holds the addresses: the one that did before as long as its claim stands, else the newest;
   * null: nobody.
   */
  @Nullable String holder(@Nullable String before) {
    if (valid.isEmpty()) {
      return null;
    }
    boolean stands = valid.stream().anyMatch(claim -> claim.node().equals(before));
    return stands ? before : valid.getLast().node();
  }
}
