package io.apiservervip.e2e.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Rounds summed up by profile, fault and program, as Markdown and as JSON lines. */
final class BenchTable {
  private static final String HEAD =
      """
      | profile | fault | program | rounds | median gap | worst gap | longest span, worst | failed attempts, all rounds | address gone from the old host | two holders, longest |
      |---|---|---|---|---|---|---|---|---|---|
      """;
  private static final String NOTES =
      """

      A gap is a span between two answers in which an attempt failed (0.5 s patience, one attempt every 5 ms).
      A killed or frozen program shows no gap where the kernel of its host goes on answering for the address
      until another host takes over: "never" means that the address stayed there until somebody removed it.
      """;

  private BenchTable() {}

  /** Programs beside each other: by profile, then fault, then program in the order of the run. */
  private record Key(Profile profile, Fault fault, String program) {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::profile).thenComparing(Key::fault);
  }

  static String markdown(List<Round> rounds) {
    Map<Key, List<Round>> groups = new LinkedHashMap<>();
    for (Round round : rounds) {
      groups
          .computeIfAbsent(
              new Key(round.profile(), round.fault(), round.program()), _ -> new ArrayList<>())
          .add(round);
    }
    StringBuilder table = new StringBuilder(HEAD);
    groups.keySet().stream()
        .sorted(Key.ORDER)
        .forEach(key -> table.append(row(key, groups.getOrDefault(key, List.of()))));
    return table.append(NOTES).toString();
  }

  static String json(Round round) {
    return ("{\"program\":\"%s\",\"profile\":\"%s\",\"fault\":\"%s\",\"gapMillis\":%d,"
            + "\"longestSpanMillis\":%d,\"failed\":%d,\"goneMillis\":%s,\"sharedMillis\":%d}")
        .formatted(
            round.program(),
            round.profile().title(),
            round.fault().title(),
            round.gapMillis(),
            round.longestSpanMillis(),
            round.failed(),
            round.goneMillis().isPresent() ? round.goneMillis().getAsLong() : "null",
            round.sharedMillis());
  }

  private static String row(Key key, List<Round> group) {
    return "| %s | %s | %s | %d | %d ms | %d ms | %d ms | %d | %s | %s |%n"
        .formatted(
            key.profile().title(),
            key.fault().title(),
            key.program(),
            group.size(),
            median(group, Round::gapMillis),
            worst(group, Round::gapMillis),
            worst(group, Round::longestSpanMillis),
            group.stream().mapToInt(Round::failed).sum(),
            gone(key, group),
            shared(key, group));
  }

  private static String gone(Key key, List<Round> group) {
    if (!key.fault().leavesTheHostUp()) {
      return "–";
    }
    long never = group.stream().filter(round -> round.goneMillis().isEmpty()).count();
    if (never == group.size()) {
      return "never";
    }
    List<Round> gone = group.stream().filter(round -> round.goneMillis().isPresent()).toList();
    ToLongFunction<Round> millis = round -> round.goneMillis().orElseThrow();
    String figures =
        "median %d ms, worst %d ms".formatted(median(gone, millis), worst(gone, millis));
    return never == 0 ? figures : figures + ", never in " + never;
  }

  private static String shared(Key key, List<Round> group) {
    boolean endless =
        key.fault().leavesTheHostUp()
            && group.stream().anyMatch(round -> round.goneMillis().isEmpty());
    return endless ? "without end" : worst(group, Round::sharedMillis) + " ms";
  }

  static long median(List<Round> rounds, ToLongFunction<Round> figure) {
    long[] sorted = rounds.stream().mapToLong(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static long worst(List<Round> rounds, ToLongFunction<Round> figure) {
    return rounds.stream().mapToLong(figure).max().orElse(0);
  }
}
