package io.apiservervip.operator.status;

/**
 * An Event that is to be raised about the resource.
 *
 * @param reason CamelCase
 * @param message what happened, and the remedy where one is needed
 */
public record EventPlan(Type type, String reason, String message) {

  /** Kubernetes knows two. */
  public enum Type {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /** As the Event's type has it. */
    public String text() {
      return text;
    }
  }
}
