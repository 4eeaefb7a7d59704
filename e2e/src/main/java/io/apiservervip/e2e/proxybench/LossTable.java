package io.apiservervip.e2e.proxybench;

import io.apiservervip.e2e.proxybench.LossSample.Counts;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** Losses by kind, programs beside each other: sums of attempts, medians of latencies. */
record LossTable(List<LossSample> samples) {
  private static final String HEAD =
      """
      | one of three API servers | program | rounds | attempts | failed | interrupted | no answer in 0.5 s | p50 | p99 | longest |
      |---|---|---|---|---|---|---|---|---|---|
      """;

  LossTable {
    samples = List.copyOf(samples);
  }

  String markdown() {
    StringBuilder table = new StringBuilder(HEAD);
    for (Loss loss : Loss.values()) {
      samples.stream()
          .filter(s -> s.loss() == loss)
          .map(LossSample::program)
          .distinct()
          .sorted()
          .forEach(program -> table.append(row(loss, program)));
    }
    return table.toString();
  }

  private String row(Loss loss, String program) {
    List<LossSample> mine =
        samples.stream().filter(s -> s.loss() == loss && s.program().equals(program)).toList();
    return "| %s | %s | %d | %d | %d | %d | %d | %d ms | %d ms | %d ms |%n"
        .formatted(
            loss.title(),
            program,
            mine.size(),
            sum(mine, Counts::attempts),
            sum(mine, Counts::failed),
            sum(mine, Counts::interrupted),
            sum(mine, Counts::slow),
            median(mine, s -> s.latency().p50()),
            median(mine, s -> s.latency().p99()),
            mine.stream().mapToLong(s -> s.latency().most()).max().orElse(0));
  }

  private static int sum(List<LossSample> samples, ToIntFunction<Counts> figure) {
    return samples.stream().map(LossSample::counts).mapToInt(figure).sum();
  }

  private static long median(List<LossSample> samples, ToLongFunction<LossSample> figure) {
    long[] sorted = samples.stream().mapToLong(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
