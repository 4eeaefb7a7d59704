package io.apiservervip.e2e.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.cluster.ApiCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code kubectl get apiservervips -w} would print: the server's own table but for the age, a
 * line a change. One thread.
 */
final class ResourceWatch {
  private static final String PATH = "/apis/apiservervip.io/v1alpha1/apiservervips";
  private static final int SHOWN = 6;
  private static final String ROW = "  %-15s %-12s %-8s %-10s %-8s %s";

  private final ApiCalls api;
  private final List<String> changes = new ArrayList<>();
  private String last = "";

  ResourceWatch(ApiCalls api) {
    this.api = api;
  }

  static String header() {
    return ROW.formatted("NAME", "VIP", "ACTIVE", "BACKENDS", "AGENTS", "READY");
  }

  /** Looks; the row as it is now. */
  String look() throws InterruptedException {
    try {
      JsonNode cells = api.table(PATH).body().at("/rows/0/cells");
      List<String> row = new ArrayList<>();
      cells.forEach(cell -> row.add(cell.isNull() ? "" : cell.asText()));
      if (row.size() < SHOWN) {
        return "";
      }
      String text = ROW.formatted(row.subList(0, SHOWN).toArray());
      if (!text.equals(last)) {
        last = text;
        changes.add(text);
      }
      return text;
    } catch (IOException e) {
      return "  " + e.getMessage();
    }
  }

  /** The lines since the last call. */
  List<String> changes() {
    List<String> all = List.copyOf(changes);
    changes.clear();
    return all;
  }
}
