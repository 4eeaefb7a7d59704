package io.apiservervip.agent.observe;

import java.util.Set;

/**
 * HTML that is safe by its making: tags and names of attributes are literals of this program,
 * everything else is escaped, cut to a bounded length, and freed of characters that could turn the
 * reading order.
 */
final class Html {
  private static final int MAX_TEXT = 500;
  private static final Set<String> INLINE =
      Set.of("a", "span", "strong", "time", "small", "td", "th", "dt", "code");

  private final StringBuilder out = new StringBuilder(16 * 1024);

  /**
   * Begins an element.
   *
   * @param attributes name and value in turn
   */
  Html open(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
    out.append('>');
    return this;
  }

  Html close(String tag) {
    out.append("</").append(tag).append('>');
    if (!INLINE.contains(tag)) {
      out.append('\n');
    }
    return this;
  }

  Html text(String text) {
    escape(text);
    return this;
  }

  /** A whole element that holds nothing but text. */
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** The style sheet, as it is: a resource of this program. */
  Html style(String css) {
    out.append("<style>").append(css).append("</style>\n");
    return this;
  }

  @Override
  public String toString() {
    return "<!doctype html>\n" + out;
  }

  private void escape(String text) {
    int end = Math.min(text.length(), MAX_TEXT);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(harmless(c) ? c : '\uFFFD');
      }
    }
    if (end < text.length()) {
      out.append('…');
    }
  }

  /** No control character and no mark that turns the direction of what follows. */
  private static boolean harmless(char c) {
    return !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
  }
}
