package io.apiservervip.operator.status;

import io.apiservervip.api.v1alpha1.ApiServerVipStatus;
import io.apiservervip.api.v1alpha1.NodeRole;
import io.apiservervip.api.v1alpha1.NodeStatus;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The agents' entries as the operator sees them at one moment, each with when it was last written.
 */
public final class Observation {
  /** An entry that was not written for this long says nothing any more: 2.5 heartbeats. */
  public static final Duration SILENCE = Duration.ofSeconds(150);

  private final List<NodeStatus> entries;
  private final Map<String, Sighting> sightings;
  private final Recollection before;
  private final Instant now;

  private Observation(
      List<NodeStatus> entries, Map<String, Sighting> sightings, Recollection before, Instant now) {
    this.entries = entries;
    this.sightings = sightings;
    this.before = before;
    this.now = now;
  }

  /**
   * Looks at the entries.
   *
   * @param stored the status as it stands; null: none yet
   * @param before what the assembly before this one left
   */
  public static Observation of(
      @Nullable ApiServerVipStatus stored, StatusMemory before, Instant now) {
    List<NodeStatus> entries =
        stored == null ? List.of() : Objects.requireNonNullElse(stored.nodes(), List.of());
    Map<String, Sighting> last = before.recollection().sightings();
    Map<String, Sighting> sightings = new LinkedHashMap<>();
    for (NodeStatus entry : entries) {
      sightings.put(entry.name(), sight(entry, last.get(entry.name()), now));
    }
    return new Observation(entries, sightings, before.recollection(), now);
  }

  /** The entries that were written lately, in their order. */
  public List<NodeStatus> fresh() {
    return entries.stream().filter(entry -> fresh(entry.name())).toList();
  }

  List<NodeStatus> entries() {
    return entries;
  }

  Map<String, Sighting> sightings() {
    return sightings;
  }

  Recollection before() {
    return before;
  }

  Instant now() {
    return now;
  }

  boolean fresh(String node) {
    Sighting sighting = sightings.get(node);
    return sighting != null && now.isBefore(sighting.writtenAt().plus(SILENCE));
  }

  private static Sighting sight(NodeStatus entry, @Nullable Sighting last, Instant now) {
    String heartbeat = Objects.requireNonNullElse(entry.heartbeatTime(), "");
    if (last != null && last.heartbeat().equals(heartbeat)) {
      return last;
    }
    boolean witnessed = last != null;
    return new Sighting(
        heartbeat,
        witnessed ? now : past(heartbeat, now, Instant.EPOCH),
        witnessed,
        entry.role(),
        Objects.requireNonNullElse(entry.lastTransitionTime(), ""),
        entry.role() == NodeRole.ACTIVE ? claimedAt(entry, last, now) : null);
  }

  private static Instant claimedAt(NodeStatus entry, @Nullable Sighting last, Instant now) {
    String transition = Objects.requireNonNullElse(entry.lastTransitionTime(), "");
    if (last == null) {
      return past(transition, now, now);
    }
    Instant claimed = last.claimedAt();
    return claimed != null && last.transition().equals(transition) ? claimed : now;
  }

  /** What a node's clock says, though never the future. */
  private static Instant past(String text, Instant now, Instant otherwise) {
    Instant time = time(text);
    return time == null ? otherwise : time.isAfter(now) ? now : time;
  }

  /** The time; null if the text is not one. */
  static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
