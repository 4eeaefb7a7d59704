package io.apiservervip.operator.status;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is held against the next assembly.
 *
 * @param sightings of every entry, by node
 * @param members nodes that belonged
 * @param silent members that had not written for long
 * @param refusals what agents said against the document, by node
 * @param backends whether each was ready, by its address; absent: unknown
 * @param election who held the addresses
 */
record Recollection(
    Map<String, Sighting> sightings,
    Set<String> members,
    Set<String> silent,
    Map<String, String> refusals,
    Map<String, Boolean> backends,
    Election election) {

  /**
   * Who held the addresses.
   *
   * @param active the last valid claim; null: there was none yet
   * @param nobodySince since when there is none; null: there is one
   * @param told that there is none was told as an Event
   * @param rivalsSince since when an Active has been hearing another; null: none does
   */
  record Election(
      @Nullable String active,
      @Nullable Instant nobodySince,
      boolean told,
      @Nullable Instant rivalsSince) {}

  static final Recollection NOTHING =
      new Recollection(
          Map.of(), Set.of(), Set.of(), Map.of(), Map.of(), new Election(null, null, false, null));

  Recollection {
    sightings = Map.copyOf(sightings);
    members = Set.copyOf(members);
    silent = Set.copyOf(silent);
    refusals = Map.copyOf(refusals);
    backends = Map.copyOf(backends);
  }
}
