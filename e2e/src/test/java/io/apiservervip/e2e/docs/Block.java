package io.apiservervip.e2e.docs;

import java.util.List;

/**
 * A fenced block of a page.
 *
 * @param where page and line of its fence, for messages
 * @param language what stands behind the fence; empty: nothing
 */
record Block(String where, String language, List<String> lines) {
  Block {
    lines = List.copyOf(lines);
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  @Override
  public String toString() {
    return where;
  }
}
