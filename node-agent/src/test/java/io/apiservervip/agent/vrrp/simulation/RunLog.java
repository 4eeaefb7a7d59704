package io.apiservervip.agent.vrrp.simulation;

import io.apiservervip.agent.vrrp.Action;
import io.apiservervip.agent.vrrp.Event;
import io.apiservervip.agent.vrrp.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What happened in a run; kept only when a failed seed is played again. */
final class RunLog {
  private static final int MOST_LINES = 20_000;
  private static final int LAST_LINES = 40;

  private record Line(String text, boolean turn) {}

  private final boolean wanted;
  private final Deque<Line> lines = new ArrayDeque<>();

  RunLog(boolean wanted) {
    this.wanted = wanted;
  }

  boolean wanted() {
    return wanted;
  }

  void add(long nanos, int router, Event event, List<Action> actions, State state) {
    boolean dull = event instanceof Event.SendEvent || event instanceof Event.NeighborClaimed;
    if (dull && actions.isEmpty()) {
      return;
    }
    boolean turn = actions.stream().anyMatch(action -> action instanceof Action.Transition);
    add(nanos, router, event + " -> " + actions + " = " + state, turn);
  }

  void add(long nanos, int router, String text) {
    add(nanos, router, text, true);
  }

  private void add(long nanos, int router, String text, boolean turn) {
    if (lines.size() == MOST_LINES) {
      lines.removeFirst();
    }
    String who = router < 0 ? "  " : "#" + router;
    lines.add(new Line(String.format("%12.6f %s %s", nanos / 1e9, who, text), turn));
  }

  /** Every turn of events, and everything of the last moments. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    int left = lines.size();
    for (Line line : lines) {
      if (line.turn() || left <= LAST_LINES) {
        text.append(line.text()).append('\n');
      }
      left--;
    }
    return text.toString();
  }
}
