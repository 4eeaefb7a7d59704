package io.apiservervip.agent;

import java.nio.file.Path;
import java.util.List;

/** Reads a manifest for one node, for {@code check}. */
@FunctionalInterface
interface ConfigLoader {
  /** Never throws for what stands in the file; a file that cannot be read is a fault too. */
  Outcome load(Path file, String node);

  /** What became of the document. */
  sealed interface Outcome {}

  /**
   * It can be run.
   *
   * @param plan what this node would do, a row each
   * @param notes lines that stop nothing, such as fields that are set and not used yet
   */
  record Resolved(List<Row> plan, List<String> notes) implements Outcome {
    public Resolved {
      plan = List.copyOf(plan);
      notes = List.copyOf(notes);
    }
  }

  /** It cannot; one line for each fault, beginning with the field's path. */
  record Refused(List<String> faults) implements Outcome {
    public Refused {
      faults = List.copyOf(faults);
    }
  }

  /** One line of a table. */
  record Row(String label, String value) {}
}
