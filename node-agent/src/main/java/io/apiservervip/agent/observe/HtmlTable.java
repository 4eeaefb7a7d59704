package io.apiservervip.agent.observe;

import java.util.List;

/**
 * A table of the page. On a narrow screen each row becomes a card whose cells carry the names of
 * their columns; the roles keep it a table for a screen reader (CSS takes them away otherwise).
 */
final class HtmlTable {
  private final Html html;
  private final List<String> columns;
  private int next;

  /** Begins it with its heads. */
  HtmlTable(Html html, String... columns) {
    this.html = html;
    this.columns = List.of(columns);
    html.open("table", "role", "table").open("thead", "role", "rowgroup").open("tr", "role", "row");
    for (String column : columns) {
      html.element("th", column, "role", "columnheader", "scope", "col");
    }
    html.close("tr").close("thead").open("tbody", "role", "rowgroup");
  }

  void row() {
    html.open("tr", "role", "row");
    next = 0;
  }

  /** The cell that names the row. */
  void head(String text) {
    head(() -> html.text(text));
  }

  void head(Runnable content) {
    html.open("th", "role", "rowheader", "scope", "row", "data-name", columns.get(next++));
    content.run();
    html.close("th");
  }

  void cell(String text) {
    cell(() -> html.text(text));
  }

  void cell(Runnable content) {
    html.open("td", "role", "cell", "data-name", columns.get(next++)).open("div");
    content.run();
    html.close("div").close("td");
  }

  void end() {
    html.close("tr");
  }

  void close() {
    html.close("tbody").close("table");
  }
}
