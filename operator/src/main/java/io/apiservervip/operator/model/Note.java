package io.apiservervip.operator.model;

/**
 * Something that a user should know and that stops nothing.
 *
 * @param subject a field such as {@code spec.nodeLocal}, or an object such as {@code Node cp-1}
 * @param message what is to be known, and the remedy
 */
public record Note(String subject, String message) {

  /** The one line that a user sees. */
  public String line() {
    return subject + ": " + message;
  }
}
