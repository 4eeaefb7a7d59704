package io.apiservervip.e2e.proxybench;

import io.apiservervip.e2e.load.Figures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rounds of a run: each program is started afresh in each, in an order that is turned round.
 */
final class Campaign {
  private final List<Balancer> programs;
  private final List<Measure> measures;
  private final Pace pace;
  private final List<Sample> samples = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();

  /** How long one measurement takes, and how often it is repeated. */
  record Pace(int rounds, double seconds, double warmup) {}

  Campaign(List<Balancer> programs, List<Measure> measures, Pace pace) {
    this.programs = List.copyOf(programs);
    this.measures = List.copyOf(measures);
    this.pace = pace;
  }

  List<Sample> samples() {
    return List.copyOf(samples);
  }

  /** What failed, one line each. */
  List<String> lost() {
    return List.copyOf(lost);
  }

  void run(Stand stand) throws IOException, InterruptedException {
    for (int round = 1; round <= pace.rounds(); round++) {
      for (Balancer program : round % 2 == 1 ? programs : programs.reversed()) {
        turn(stand, round, program);
      }
    }
  }

  private void turn(Stand stand, int round, Balancer program)
      throws IOException, InterruptedException {
    List<Measure> mine = measures.stream().filter(program::takes).toList();
    if (mine.isEmpty()) {
      return;
    }
    Turn turn = Turn.start(stand, program);
    try {
      for (Measure measure : mine) {
        measure(round, turn, measure);
      }
    } finally {
      turn.end();
    }
  }

  private void measure(int round, Turn turn, Measure measure) throws IOException {
    String program = turn.program().name();
    List<String> arguments =
        measure.arguments(pace.seconds(), pace.warmup(), OpenFiles.connections());
    String result;
    try {
      Figures figures = turn.load(arguments);
      samples.add(new Sample(round, program, measure, figures));
      result = figures.toString();
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage()).lines().reduce("", (_, last) -> last);
      lost.add("round " + round + ", " + program + ", " + measure.title() + ": " + why);
      result = "FAILED: " + why;
    }
    System.err.printf(
        "[%d/%d] %-15s %-42s %s%n", round, pace.rounds(), program, measure.title(), result);
  }
}
