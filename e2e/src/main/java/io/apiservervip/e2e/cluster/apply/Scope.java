package io.apiservervip.e2e.cluster.apply;

import java.util.List;

/** The fields that a request may write; the others of its body are ignored. */
public enum Scope {
  /** Of a kind without status subresource: everything. */
  WHOLE,
  /** All but status. */
  MAIN,
  /** Status alone. */
  STATUS;

  private static final FieldPath STATUS_FIELD = FieldPath.of("status");

  /** What the server keeps itself; nobody owns it. */
  private static final List<FieldPath> SERVERS_OWN =
      List.of(
          FieldPath.of("apiVersion"),
          FieldPath.of("kind"),
          FieldPath.of("metadata", "name"),
          FieldPath.of("metadata", "namespace"),
          FieldPath.of("metadata", "uid"),
          FieldPath.of("metadata", "resourceVersion"),
          FieldPath.of("metadata", "generation"),
          FieldPath.of("metadata", "creationTimestamp"),
          FieldPath.of("metadata", "deletionTimestamp"),
          FieldPath.of("metadata", "deletionGracePeriodSeconds"),
          FieldPath.of("metadata", "managedFields"));

  public static Scope of(boolean statusSubresource, String subresource) {
    if (subresource.equals("status")) {
      return STATUS;
    }
    return statusSubresource ? MAIN : WHOLE;
  }

  boolean covers(FieldPath path) {
    if (SERVERS_OWN.stream().anyMatch(path::within)) {
      return false;
    }
    boolean status = path.within(STATUS_FIELD);
    return switch (this) {
      case WHOLE -> true;
      case MAIN -> !status;
      case STATUS -> status;
    };
  }
}
