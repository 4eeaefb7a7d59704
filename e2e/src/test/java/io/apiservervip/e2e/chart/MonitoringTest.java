package io.apiservervip.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alert rules and dashboard speak of metrics that exist, and lead to advice that exists. */
class MonitoringTest {
  private static final Path FILES = Chart.FOLDER.resolve("files");
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern SERIES = Pattern.compile("apiservervip_[a-z_]+");
  private static final String RUNBOOK =
      "https://github.com/apiserver-vip/apiserver-vip/blob/main/docs/runbook.md#";

  @ParameterizedTest
  @ValueSource(strings = {"rules.yaml", "dashboard.json"})
  void everyMetricIsOneOfTheProgramsPages(String file) throws IOException {
    Set<String> known = series();
    assertThat(known).contains("apiservervip_vrrp_role", "apiservervip_addresses_held");
    Set<String> unknown = new TreeSet<>();
    for (String expression : texts(yaml(FILES.resolve(file)), "expr")) {
      SERIES
          .matcher(expression)
          .results()
          .map(MatchResult::group)
          .filter(name -> !known.contains(name))
          .forEach(unknown::add);
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void everyAlertLeadsToASectionOfTheRunbook() throws IOException {
    Set<String> anchors = anchors(Files.readString(DOCS.resolve("runbook.md")));
    List<String> links = texts(yaml(FILES.resolve("rules.yaml")), "runbook_url");
    assertThat(links).hasSize(10).doesNotHaveDuplicates();
    assertThat(links).allMatch(link -> anchors.contains(link.replace(RUNBOOK, "")));
  }

  @Test
  void everyAlertIsTestedAndListed() throws IOException {
    List<String> alerts = texts(yaml(FILES.resolve("rules.yaml")), "alert");
    JsonNode tests = yaml(Path.of("../helm/tests/rules-test.yaml")).path("tests");
    List<String> silent = new ArrayList<>();
    Set<String> firing = new TreeSet<>();
    for (JsonNode test : tests) {
      for (JsonNode check : test.path("alert_rule_test")) {
        String alert = check.path("alertname").asText();
        if (!check.path("exp_alerts").isEmpty()) {
          firing.add(alert);
        } else if (test.path("name").asText().equals("all is well")) {
          silent.add(alert);
        }
      }
    }
    assertThat(firing).containsExactlyInAnyOrderElementsOf(alerts);
    assertThat(silent).containsExactlyInAnyOrderElementsOf(alerts);
    assertThat(Files.readString(DOCS.resolve("alerts.md"))).contains(alerts);
  }

  /** Of a page's sections, as they are made of their titles. */
  static Set<String> anchors(String page) {
    return page.lines()
        .filter(line -> line.startsWith("## "))
        .map(line -> line.substring(3).toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /** By the two pages, as /metrics prints them. */
  private static Set<String> series() throws IOException {
    Pattern row = Pattern.compile("(?m)^\\| `(apiservervip[a-z._]+)` \\| ([a-z, ]+) \\|");
    Set<String> names = new HashSet<>();
    for (String page : List.of("metrics.md", "alerts.md")) {
      row.matcher(Files.readString(DOCS.resolve(page)))
          .results()
          .forEach(
              match ->
                  printed(match.group(1).replace('.', '_'), match.group(2)).forEach(names::add));
    }
    return names;
  }

  private static Stream<String> printed(String name, String kind) {
    return switch (kind) {
      case "gauge" -> Stream.of(name);
      case "gauge, seconds" -> Stream.of(name + "_seconds");
      case "counter" -> Stream.of(name + "_total");
      case "counter, bytes" -> Stream.of(name + "_total");
      case "histogram, seconds" -> Stream.of(name + "_seconds_bucket");
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static List<String> texts(JsonNode tree, String field) {
    return tree.findValuesAsText(field);
  }

  private static JsonNode yaml(Path file) throws IOException {
    return new YAMLMapper().readTree(Files.readString(file));
  }
}
