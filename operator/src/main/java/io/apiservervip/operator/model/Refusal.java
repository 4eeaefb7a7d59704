package io.apiservervip.operator.model;

/**
 * What stands against a resource.
 *
 * @param field such as {@code spec.addresses}
 * @param message what is wrong with the field, and the remedy; without the field
 */
public record Refusal(RefusalReason reason, String field, String message) {

  /** The one line that a user sees. */
  public String line() {
    return field + ": " + message;
  }
}
