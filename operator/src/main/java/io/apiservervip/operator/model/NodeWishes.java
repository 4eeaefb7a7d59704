package io.apiservervip.operator.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a Node's annotations and its cordon ask for.
 *
 * @param priority of {@code apiservervip.io/priority}, 1..254; null: none, or not a good one
 * @param preferred by {@code apiservervip.io/preferred}
 * @param lowered by {@code apiservervip.io/maintenance} or because it is cordoned; the node takes
 *     the addresses only where nobody else can
 */
record NodeWishes(@Nullable Integer priority, boolean preferred, boolean lowered) {
  static final String PRIORITY = "apiservervip.io/priority";
  static final String PREFERRED = "apiservervip.io/preferred";
  static final String MAINTENANCE = "apiservervip.io/maintenance";

  /** Highest priority that can be asked for; 255 is the owner's, whom no weight lowers. */
  static final int MAX_PRIORITY = 254;

  /** The wishes of one node; what cannot be understood is ignored, and a note says so. */
  static NodeWishes of(NodeFacts node, List<Note> notes) {
    boolean maintenance = flag(node, MAINTENANCE, notes);
    return new NodeWishes(
        priority(node, notes), flag(node, PREFERRED, notes), maintenance || node.unschedulable());
  }

  private static @Nullable Integer priority(NodeFacts node, List<Note> notes) {
    String text = node.annotations().get(PRIORITY);
    if (text == null) {
      return null;
    }
    if (text.matches("[1-9][0-9]{0,2}") && Integer.parseInt(text) <= MAX_PRIORITY) {
      return Integer.valueOf(text);
    }
    notes.add(ignored(node, PRIORITY, text, "is not a number in 1.." + MAX_PRIORITY));
    return null;
  }

  private static boolean flag(NodeFacts node, String key, List<Note> notes) {
    String text = node.annotations().get(key);
    if (text == null || text.equals("false")) {
      return false;
    }
    if (!text.equals("true")) {
      notes.add(ignored(node, key, text, "is neither true nor false"));
    }
    return text.equals("true");
  }

  private static Note ignored(NodeFacts node, String key, String text, String why) {
    String shown = text.length() > 32 ? text.substring(0, 32) + "..." : text;
    return new Note(
        "Node " + node.name(),
        "annotation "
            + key
            + " \""
            + shown
            + "\" "
            + why
            + " and is ignored; correct or remove it");
  }
}
