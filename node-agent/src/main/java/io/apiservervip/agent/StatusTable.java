package io.apiservervip.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.agent.ConfigLoader.Row;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The JSON of the status as rows for a person. */
final class StatusTable {
  private StatusTable() {}

  /**
   * Active, or a Backup that knows of an Active; nobody else believes to be Active too, and the
   * proxy can serve where one runs.
   */
  static boolean healthy(JsonNode status) {
    boolean serving =
        switch (status.path("role").asText()) {
          case "Active" -> status.path("addressOwned").asBoolean();
          case "Backup" -> status.hasNonNull("activeSource");
          default -> false;
        };
    return serving
        && !status.path("splitBrain").path("verdict").asBoolean()
        && status.path("health").path("canServe").asBoolean(true);
  }

  static List<Row> rows(JsonNode status, Instant now) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        new Row(
            "node",
            text(status, "name")
                + " of "
                + text(status, "vip")
                + ", agent "
                + text(status, "agentVersion")));
    rows.add(new Row("role", text(status, "role") + ": " + text(status, "message")));
    rows.add(
        new Row(
            "since",
            since(text(status, "lastTransitionTime"), now)
                + ", "
                + text(status, "transitions")
                + " changes"));
    rows.add(
        new Row("priority", text(status, "effectivePriority") + " of " + text(status, "priority")));
    rows.add(new Row("interface", text(status, "interface") + " " + joined(status.path("macs"))));
    rows.add(
        new Row(
            "addresses",
            joined(status.path("addresses"))
                + (status.path("addressOwned").asBoolean() ? " (held here)" : "")));
    rows.add(
        new Row(
            "group",
            "VRRP version "
                + text(status, "version")
                + ", id "
                + text(status, "virtualRouterId")
                + ", Active is "
                + text(status, "activeSource")));
    addPeers(rows, status, now);
    ListenerRows.add(rows, status, now);
    addConfig(rows, status);
    addTroubles(rows, status);
    return rows;
  }

  private static void addPeers(List<Row> rows, JsonNode status, Instant now) {
    for (JsonNode peer : status.path("peers")) {
      rows.add(new Row("peer", text(peer, "node") + " " + heard(peer, now)));
    }
  }

  /** Only an Active advertises: a Backup that was never heard is no trouble. */
  private static String heard(JsonNode peer, Instant now) {
    if (!peer.hasNonNull("lastHeard")) {
      return "silent, as a Backup is";
    }
    String last = since(text(peer, "lastHeard"), now);
    return (peer.path("heard").asBoolean() ? "heard as Active, last " : "silent since ") + last;
  }

  private static void addConfig(List<Row> rows, JsonNode status) {
    JsonNode config = status.path("config");
    rows.add(new Row("config", text(config, "source") + " " + text(config, "path")));
    if (status.hasNonNull("configError")) {
      rows.add(new Row("refused", text(status, "configError")));
    }
  }

  private static void addTroubles(List<Row> rows, JsonNode status) {
    JsonNode splitBrain = status.path("splitBrain");
    if (splitBrain.path("verdict").asBoolean()) {
      rows.add(new Row("split brain", text(splitBrain, "likelyCause")));
    }
    status.path("warnings").forEach(warning -> rows.add(new Row("warning", warning.asText())));
  }

  static String since(String time, Instant now) {
    try {
      Instant then = Instant.parse(time);
      Duration age = Duration.between(then, now);
      return then.truncatedTo(ChronoUnit.SECONDS)
          + " ("
          + ago(Math.max(0, age.toSeconds()))
          + " ago)";
    } catch (DateTimeException e) {
      return time;
    }
  }

  private static String ago(long seconds) {
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }

  static String text(JsonNode node, String field) {
    return node.path(field).asText("-");
  }

  static String joined(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(" "));
  }
}
