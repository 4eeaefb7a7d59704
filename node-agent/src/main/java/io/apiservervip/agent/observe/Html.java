package io.apiservervip.agent.observe;

/** HTML text that is safe by its making: whatever is not a literal of this program is escaped. */
final class Html {
  private Html() {}

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
