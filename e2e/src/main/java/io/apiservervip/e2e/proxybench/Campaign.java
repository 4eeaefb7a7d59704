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
  private final Journal journal;

  /** How long one measurement takes, and how often it is repeated. */
  record Pace(int rounds, double seconds, double warmup) {}

  Campaign(List<Balancer> programs, List<Measure> measures, Pace pace, Journal journal) {
    this.programs = List.copyOf(programs);
    this.measures = List.copyOf(measures);
    this.pace = pace;
    this.journal = journal;
  }

  List<Sample> samples() {
    return List.copyOf(samples);
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
    Turn turn = new Turn(stand, program, program.start(stand));
    try {
      turn.awaitAnswers();
      for (Measure measure : mine) {
        measure(round, turn, measure);
      }
    } catch (IOException e) {
      journal.lost(round, program.name(), "start", e);
    } finally {
      turn.end();
    }
  }

  private void measure(int round, Turn turn, Measure measure) throws IOException {
    String program = turn.program().name();
    List<String> arguments =
        measure.arguments(pace.seconds(), pace.warmup(), OpenFiles.connections());
    try {
      Figures figures = turn.load(arguments);
      samples.add(new Sample(round, program, measure, figures));
      journal.found(round, program, measure.title(), figures.toString());
    } catch (IOException e) {
      journal.lost(round, program, measure.title(), e);
    }
  }
}
