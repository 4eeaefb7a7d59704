package io.apiservervip.agentapi;

import org.jspecify.annotations.Nullable;

/**
 * One fault of a document, for people: where, what, and the remedy.
 *
 * @param path field, such as {@code spec.vrrp.virtualRouterId}; empty: the document as a whole
 * @param subject the offending value; null where the message needs none
 * @param message what is wrong with it; for a rule of the CRD exactly the rule's message
 */
public record Problem(String path, @Nullable String subject, String message) {

  static Problem of(String path, String message) {
    return new Problem(path, null, message);
  }

  /** The one line that a user sees. */
  public String line() {
    String text = subject == null ? message : subject + " " + message;
    return path.isEmpty() ? text : path + ": " + text;
  }

  @Override
  public String toString() {
    return line();
  }
}
