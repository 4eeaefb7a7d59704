package io.apiservervip.e2e.proxybench;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.load.Figures;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProxyTableTest {

  @Test
  void oursIsComparedWithTheBetterOfTheOthers() {
    ProxyTable table =
        table(
            sample("haproxy, splice", Measure.STREAM_DOWN, "gb_s=1.2 cpu_s_per_gb=0.40"),
            sample("haproxy, copy", Measure.STREAM_DOWN, "gb_s=1.6 cpu_s_per_gb=0.50"),
            sample("no proxy", Measure.STREAM_DOWN, "gb_s=3.0"),
            sample("node-agent", Measure.STREAM_DOWN, "gb_s=1.44 cpu_s_per_gb=0.30"));
    assertThat(table.markdown())
        .isEqualTo(
            """
            | load | figure, median | no proxy | haproxy, splice | haproxy, copy | node-agent | ratio |
            |---|---|---|---|---|---|---|
            | one stream, backend to client | GB/s | 3.00 | 1.20 | 1.60 | 1.44 | 0.90 |
            | one stream, backend to client | CPU s/GB |  | 0.400 | 0.500 | 0.300 | 0.75 |
            """);
  }

  @Test
  void latencyIsComparedByWhatIsAdded() {
    ProxyTable table =
        table(
            sample("no proxy", Measure.PACED, "p50_us=100"),
            sample("haproxy, splice", Measure.PACED, "p50_us=150"),
            sample("node-agent", Measure.PACED, "p50_us=140"));
    assertThat(table.markdown())
        .endsWith(
            "| 2,000 requests/s, 64 kept connections | p50, µs | 100 | 150 | 140 | 0.80 (added) |\n");
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    ProxyTable table =
        table(
            sample("node-agent", Measure.LOADED, "rss_kb=102400"),
            sample("node-agent", Measure.LOADED, "rss_kb=409600"),
            sample("node-agent", Measure.LOADED, "rss_kb=204800"),
            sample("node-agent", Measure.LOADED, "rss_kb=204800"));
    assertThat(table.median("node-agent", Measure.LOADED, Metric.megabytes("rss_kb", "RSS")))
        .hasValue(200);
  }

  @Test
  void withoutTheOthersThereIsNoRatio() {
    assertThat(table(sample("node-agent", Measure.IDLE, "kb_per_connection=6.5")).markdown())
        .endsWith("| further idle connections | kB/connection | 6.5 |  |\n");
  }

  private static ProxyTable table(Sample... samples) {
    return new ProxyTable(List.of(samples), "node-agent", "no proxy");
  }

  private static Sample sample(String program, Measure measure, String figures) {
    return new Sample(1, program, measure, Figures.parse(figures));
  }
}
