package io.apiservervip.e2e.cluster.apply;

import java.time.Instant;

/**
 * Who writes, and when: the entry of metadata.managedFields that gets the fields.
 *
 * @param subresource status, or empty for the object itself
 */
public record Writer(
    String manager, Operation operation, String apiVersion, String subresource, Instant time) {
  /** How: by server-side apply, or by any other way. */
  public enum Operation {
    APPLY("Apply"),
    UPDATE("Update");

    private final String text;

    Operation(String text) {
      this.text = text;
    }

    static Operation of(String text) {
      return text.equals(APPLY.text) ? APPLY : UPDATE;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Whether both share an entry: all but the time. */
  boolean sameAs(Writer other) {
    return manager.equals(other.manager)
        && operation == other.operation
        && apiVersion.equals(other.apiVersion)
        && subresource.equals(other.subresource);
  }

  boolean status() {
    return subresource.equals("status");
  }
}
