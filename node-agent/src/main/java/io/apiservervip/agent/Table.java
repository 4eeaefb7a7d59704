package io.apiservervip.agent;

import io.apiservervip.agent.ConfigLoader.Row;
import java.io.PrintWriter;
import java.util.List;

/**
 * Labels left, values beside them in one column; a repeated empty label continues the row above.
 */
final class Table {
  private Table() {}

  static void print(List<Row> rows, PrintWriter out) {
    int width = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0);
    for (Row row : rows) {
      out.println(row.label() + " ".repeat(width - row.label().length() + 2) + row.value());
    }
  }
}
