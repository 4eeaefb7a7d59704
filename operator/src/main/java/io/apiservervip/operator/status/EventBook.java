package io.apiservervip.operator.status;

import java.util.ArrayList;
import java.util.List;

/** Collects the Events of one assembly, at most {@value #LIMIT}; used by one thread. */
final class EventBook {
  /** An upheaval is told by its first Events; the status has all of it. */
  static final int LIMIT = 32;

  private static final int MAX_MESSAGE = 1000;

  private final List<EventPlan> events = new ArrayList<>();

  void normal(String reason, String message) {
    add(EventPlan.Type.NORMAL, reason, message);
  }

  void warning(String reason, String message) {
    add(EventPlan.Type.WARNING, reason, message);
  }

  private void add(EventPlan.Type type, String reason, String message) {
    if (events.size() < LIMIT) {
      String shown =
          message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "..." : message;
      events.add(new EventPlan(type, reason, shown));
    }
  }

  List<EventPlan> events() {
    return List.copyOf(events);
  }
}
