package io.apiservervip.operator.status;

import io.apiservervip.api.v1alpha1.NodeStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an agent says in the message of its entry, sentences that are parted by semicolons. */
final class EntryMessage {
  /** Before the agent's own verdict, which names both nodes and the likely cause. */
  static final String SPLIT_BRAIN = "split brain: ";

  /** Before what is wrong with the document. */
  static final String REFUSED = "the document is refused: ";

  private static final int MAX_SHOWN = 512;

  private EntryMessage() {}

  /** What follows a marker up to the next semicolon; null: the marker is not there. */
  static @Nullable String after(String marker, NodeStatus entry) {
    String message = text(entry);
    int at = message.indexOf(marker);
    if (at < 0) {
      return null;
    }
    int from = at + marker.length();
    int to = message.indexOf("; ", from);
    return message.substring(from, to < 0 ? message.length() : to);
  }

  /** The whole message on one line, short enough to stand among others; may be empty. */
  static String text(NodeStatus entry) {
    String message = Objects.requireNonNullElse(entry.message(), "").replaceAll("\\p{Cntrl}", " ");
    return message.length() > MAX_SHOWN ? message.substring(0, MAX_SHOWN) + "..." : message;
  }
}
