package io.apiservervip.e2e.cluster.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What became of an apply. */
public sealed interface ApplyOutcome {
  /** The object with the fields merged and the owners brought up to date. */
  record Merged(ObjectNode object) implements ApplyOutcome {}

  /** Fields that others own with other values. */
  record Conflict(List<Cause> causes) implements ApplyOutcome {
    public Conflict {
      causes = List.copyOf(causes);
    }
  }

  /** One field, and who owns it. */
  record Cause(String manager, FieldPath field) {}
}
