package io.apiservervip.e2e.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What one run found: names with numbers, printed as one line {@code name=number ...}. */
public final class Figures {
  private final Map<String, Double> values = new LinkedHashMap<>();

  void put(String name, double value) {
    values.put(name, value);
  }

  void putMicros(Histogram times) {
    put("p50_us", times.quantile(0.5) / 1e3);
    put("p99_us", times.quantile(0.99) / 1e3);
    put("p999_us", times.quantile(0.999) / 1e3);
  }

  /** The number of this name, where the run told it. */
  public Optional<Double> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Reads what {@link #toString} wrote; words without {@code =} are left out. */
  public static Figures parse(String line) {
    Figures figures = new Figures();
    for (String word : line.strip().split("\\s+", -1)) {
      int at = word.indexOf('=');
      if (at > 0) {
        figures.put(word.substring(0, at), Double.parseDouble(word.substring(at + 1)));
      }
    }
    return figures;
  }

  /** As a JSON object. */
  public String json() {
    return values.entrySet().stream()
        .map(e -> '"' + e.getKey() + "\":" + number(e.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(e -> e.getKey() + "=" + number(e.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }
}
