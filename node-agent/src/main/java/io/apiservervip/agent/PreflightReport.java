package io.apiservervip.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apiservervip.agent.preflight.Finding;
import io.apiservervip.agent.preflight.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Findings as text. Pure. */
final class PreflightReport {
  private PreflightReport() {}

  /** One line each: check, result, what was seen and the remedy; then how many of which. */
  static List<String> table(List<Finding> findings) {
    int check = width(findings.stream().map(Finding::check));
    int result = width(findings.stream().map(finding -> finding.result().text()));
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      lines.add(
          padded(finding.check(), check)
              + padded(finding.result().text(), result)
              + finding.seen()
              + (finding.remedy().isEmpty() ? "" : " -> " + finding.remedy()));
    }
    lines.add(summary(findings));
    return lines;
  }

  /** An object with the worst result and one object a finding. */
  static String json(List<Finding> findings) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    boolean failed = findings.stream().anyMatch(f -> f.result() == Result.FAIL);
    root.put("failed", failed);
    ArrayNode all = root.putArray("findings");
    for (Finding finding : findings) {
      all.addObject()
          .put("check", finding.check())
          .put("result", finding.result().text())
          .put("seen", finding.seen())
          .put("remedy", finding.remedy());
    }
    try {
      return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of strings is JSON", e);
    }
  }

  private static String summary(List<Finding> findings) {
    return Stream.of(Result.values())
        .map(
            result ->
                findings.stream().filter(f -> f.result() == result).count() + " " + result.text())
        .collect(Collectors.joining(", "));
  }

  private static int width(Stream<String> texts) {
    return texts.mapToInt(String::length).max().orElse(0) + 2;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
