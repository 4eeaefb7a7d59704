package io.apiservervip.e2e.proxybench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One kind of load, what it is asked for, and what the table tells of it. */
enum Measure {
  STREAM_DOWN("one stream, backend to client", "stream"),
  STREAMS_DOWN("16 streams, backend to client", "stream --connections 16"),
  STREAM_UP("one stream, client to backend", "stream --up"),
  REQUESTS("requests of 128 bytes, 64 kept connections", "requests --connections 64"),
  CONNECTS("new connections, one request each", "connects --connections 64"),
  PACED("2,000 requests/s, 64 kept connections", "paced --connections 64 --rate 2000"),
  LOADED("1,000 connections under load", "requests --connections 1000"),
  IDLE("further idle connections", "idle");

  private static final int IDLE_CONNECTIONS = 10_000;

  private final String title;
  private final String load;

  Measure(String title, String load) {
    this.title = title;
    this.load = load;
  }

  String title() {
    return title;
  }

  List<Metric> metrics() {
    return switch (this) {
      case STREAM_DOWN, STREAMS_DOWN, STREAM_UP ->
          List.of(Metric.higher("gb_s", "GB/s", 2), Metric.lower("cpu_s_per_gb", "CPU s/GB", 3));
      case REQUESTS ->
          List.of(
              Metric.higher("requests_s", "requests/s", 0),
              Metric.lower("p50_us", "p50, µs", 0),
              Metric.lower("p99_us", "p99, µs", 0),
              Metric.lower("cpu_s_per_100k", "CPU s/100,000", 2));
      case CONNECTS ->
          List.of(
              Metric.higher("connects_s", "connections/s", 0),
              Metric.neither("failed", "failed", 0),
              Metric.lower("p99_us", "p99, µs", 0),
              Metric.lower("cpu_s_per_10k", "CPU s/10,000", 3));
      case PACED ->
          List.of(
              Metric.lower("p50_us", "p50, µs", 0),
              Metric.lower("p99_us", "p99, µs", 0),
              Metric.lower("p999_us", "p99.9, µs", 0),
              Metric.neither("cpu_s_per_100k", "CPU s/100,000", 2));
      case LOADED ->
          List.of(
              Metric.higher("requests_s", "requests/s", 0), Metric.megabytes("rss_kb", "RSS, MB"));
      case IDLE ->
          List.of(
              Metric.neither("connections", "connections", 0),
              Metric.megabytes("rss_kb", "RSS, MB"),
              Metric.lower("kb_per_connection", "kB/connection", 1));
    };
  }

  /** Whether the way of moving bytes matters to it. */
  boolean moves() {
    return this == STREAM_DOWN || this == STREAMS_DOWN || this == STREAM_UP;
  }

  /** Whether it is told as what a proxy adds to no proxy. */
  boolean adds() {
    return this == PACED;
  }

  /**
   * How long the load runs before it is measured: what makes connections is the last thing that a
   * JVM compiles, some ten seconds after its start.
   */
  private double warmup(double seconds) {
    return this == CONNECTS ? 5 * seconds : seconds;
  }

  /** Arguments of the load tool; as many idle connections as a proxy may have files for. */
  List<String> arguments(double seconds, double warmup, int mostConnections) {
    List<String> arguments = new ArrayList<>(List.of(load.split(" ", -1)));
    if (this == IDLE) {
      int connections = Math.min(IDLE_CONNECTIONS, mostConnections - 200);
      arguments.addAll(List.of("--connections", String.valueOf(connections)));
    }
    arguments.addAll(List.of("--seconds", number(seconds), "--warmup", number(warmup(warmup))));
    return arguments;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
