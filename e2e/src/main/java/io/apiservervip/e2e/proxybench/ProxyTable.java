package io.apiservervip.e2e.proxybench;

import io.apiservervip.e2e.proxybench.Metric.Better;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Medians of all rounds, programs beside each other, and the ratio of ours to the better of the
 * others, as Markdown.
 */
record ProxyTable(List<Sample> samples, String ours, String direct) {
  ProxyTable {
    samples = List.copyOf(samples);
  }

  String markdown() {
    List<String> programs =
        samples.stream().map(Sample::program).distinct().sorted(order()).toList();
    StringBuilder table = new StringBuilder(4096);
    table.append("| load | figure, median | ").append(String.join(" | ", programs));
    table.append(" | ratio |\n|---|---|").append("---|".repeat(programs.size() + 1)).append('\n');
    for (Measure measure : Measure.values()) {
      for (Metric metric : measure.metrics()) {
        row(measure, metric, programs).ifPresent(table::append);
      }
    }
    return table.toString();
  }

  /** Median of a program, in the table's unit; empty where it was never measured. */
  OptionalDouble median(String program, Measure measure, Metric metric) {
    double[] sorted =
        samples.stream()
            .filter(s -> s.program().equals(program) && s.measure() == measure)
            .flatMap(s -> s.figures().get(metric.key()).stream())
            .mapToDouble(value -> value * metric.scale())
            .sorted()
            .toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
  }

  /** Ours by the better of the others; of what is added to no proxy where the load asks for it. */
  OptionalDouble ratio(Measure measure, Metric metric) {
    OptionalDouble mine = median(ours, measure, metric);
    DoubleStream others =
        samples.stream()
            .map(Sample::program)
            .distinct()
            .filter(program -> !program.equals(ours) && !program.equals(direct))
            .flatMapToDouble(program -> median(program, measure, metric).stream());
    OptionalDouble best = metric.better() == Better.HIGHER ? others.max() : others.min();
    if (metric.better() == Better.NEITHER || mine.isEmpty() || best.isEmpty()) {
      return OptionalDouble.empty();
    }
    double base = measure.adds() ? median(direct, measure, metric).orElse(0) : 0;
    double divisor = best.getAsDouble() - base;
    return divisor <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((mine.getAsDouble() - base) / divisor);
  }

  private Optional<String> row(Measure measure, Metric metric, List<String> programs) {
    List<OptionalDouble> medians =
        programs.stream().map(program -> median(program, measure, metric)).toList();
    if (medians.stream().allMatch(OptionalDouble::isEmpty)) {
      return Optional.empty();
    }
    OptionalDouble ratio = ratio(measure, metric);
    String last =
        ratio.isEmpty() ? "" : number(ratio.getAsDouble(), 2) + (measure.adds() ? " (added)" : "");
    Stream<String> cells =
        medians.stream().map(m -> m.isEmpty() ? "" : number(m.getAsDouble(), metric.decimals()));
    return Optional.of(
        "| %s | %s | %s | %s |%n"
            .formatted(
                measure.title(), metric.title(), cells.collect(Collectors.joining(" | ")), last));
  }

  private Comparator<String> order() {
    return Comparator.comparingInt(
        program -> program.equals(direct) ? 0 : program.equals(ours) ? 2 : 1);
  }

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
