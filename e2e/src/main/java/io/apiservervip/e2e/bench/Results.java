package io.apiservervip.e2e.bench;

import java.util.ArrayList;
import java.util.List;

/** Rounds so far, with a line on standard error for each. */
final class Results implements Block.Audience {
  private final int expected;
  private final List<Round> rounds = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();

  Results(int expected) {
    this.expected = expected;
  }

  List<Round> rounds() {
    return List.copyOf(rounds);
  }

  List<String> lost() {
    return List.copyOf(lost);
  }

  @Override
  public void done(Round round) {
    rounds.add(round);
    String gone = round.goneMillis().isPresent() ? round.goneMillis().getAsLong() + " ms" : "-";
    say(
        "%-10s  %-10s  %-13s  gap %4d ms  span %4d ms  failed %3d  gone after %7s  two holders %4d ms"
            .formatted(
                round.profile().title(),
                round.program(),
                round.fault().title(),
                round.gapMillis(),
                round.longestSpanMillis(),
                round.failed(),
                gone,
                round.sharedMillis()));
  }

  @Override
  public void lost(Fault fault, String why) {
    lost.add(fault.title() + ": " + why);
    say("round lost: " + lost.getLast());
  }

  private void say(String text) {
    System.err.printf("[%3d/%d] %s%n", rounds.size() + lost.size(), expected, text);
  }
}
