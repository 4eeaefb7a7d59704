package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apiservervip.e2e.cluster.apply.ApplyOutcome.Cause;
import java.util.List;
import java.util.stream.Collectors;

/** A request that the server refuses, with the Status object that it answers. */
final class ApiRefusal extends Exception {
  private static final long serialVersionUID = 1;

  private final int code;
  private final String reason;

  ApiRefusal(int code, String reason, String message) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  static ApiRefusal notFound(ApiPath path) {
    return new ApiRefusal(404, "NotFound", qualified(path) + " \"" + path.name() + "\" not found");
  }

  static ApiRefusal exists(ApiPath path) {
    return new ApiRefusal(
        409, "AlreadyExists", qualified(path) + " \"" + path.name() + "\" already exists");
  }

  static ApiRefusal modified(ApiPath path) {
    return new ApiRefusal(
        409,
        "Conflict",
        "Operation cannot be fulfilled on "
            + qualified(path)
            + " \""
            + path.name()
            + "\": the object has been modified; please apply your changes to the latest version"
            + " and try again");
  }

  static ApiRefusal conflict(List<Cause> causes) {
    return new ApiRefusal(
        409,
        "Conflict",
        "Apply failed with "
            + (causes.size() == 1 ? "1 conflict: " : causes.size() + " conflicts: ")
            + causes.stream()
                .map(cause -> "conflict with \"" + cause.manager() + "\": " + cause.field())
                .collect(Collectors.joining("; ")));
  }

  private static String qualified(ApiPath path) {
    return path.group().isEmpty() ? path.plural() : path.plural() + "." + path.group();
  }

  int code() {
    return code;
  }

  ObjectNode status() {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    return status
        .put("status", "Failure")
        .put("message", getMessage())
        .put("reason", reason)
        .put("code", code);
  }
}
