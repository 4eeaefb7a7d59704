package io.apiservervip.agent.vrrp;

import java.util.ArrayList;
import java.util.List;

/** Lines of output in which a long run of equal ones is told in two. */
final class Repetition {
  private static final int MOST_EQUAL = 3;

  private final List<String> lines = new ArrayList<>();
  private final List<String> equal = new ArrayList<>();
  private String last = "";

  void add(String time, String actions) {
    if (actions.equals("-")) {
      return;
    }
    if (!actions.equals(last)) {
      flush();
    }
    last = actions;
    equal.add(time + actions);
  }

  List<String> lines() {
    flush();
    return lines;
  }

  private void flush() {
    if (equal.size() <= MOST_EQUAL) {
      lines.addAll(equal);
    } else {
      lines.add(equal.getFirst());
      lines.add("... " + (equal.size() - 2) + " times more");
      lines.add(equal.getLast());
    }
    equal.clear();
  }
}
