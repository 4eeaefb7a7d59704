package io.apiservervip.agent.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A session run by lines of words, which prints what it wants done. Servers are chosen in the order
 * of their indexes; time is in milliseconds from the accept.
 */
final class ScriptedSession implements SessionActions, ServerChooser {
  private static final long MILLI = 1_000_000L;

  private final List<String> actions = new ArrayList<>();
  private final ReplayBudget budget = new ReplayBudget();
  private final Session session;
  private int servers = 3;
  private boolean full;
  private long nowNanos;

  /**
   * @param kind such as {@code tls} or {@code tcp hedge 0}: times in milliseconds
   */
  ScriptedSession(String kind) {
    List<String> words = List.of(kind.split(" ", -1));
    session =
        new Session(
            new SessionRules(
                words.getFirst().equals("tls"),
                nanos(words, "first-byte", 10_000),
                nanos(words, "connect", 2_000),
                nanos(words, "hedge", 100),
                nanos(words, "response", 1_000),
                nanos(words, "queue", 10_000)),
            this,
            budget,
            this);
  }

  private static long nanos(List<String> words, String name, long otherwiseMillis) {
    int at = words.indexOf(name);
    return MILLI * (at < 0 ? otherwiseMillis : Long.parseLong(words.get(at + 1)));
  }

  /** Runs one line; what it wants done, in order. */
  String run(String line) {
    actions.clear();
    List<String> words = List.of(line.split(" ", -1));
    String first = words.getFirst();
    switch (first) {
      case "servers" -> servers = number(words, 1);
      case "full" -> full = true;
      case "room" -> full = false;
      case "spent" -> spendBudget();
      case "at" -> at(number(words, 1));
      default -> event(first, words);
    }
    return actions.isEmpty() ? "-" : String.join(", ", actions);
  }

  private void event(String name, List<String> words) {
    switch (name) {
      case "accept" -> session.accepted(nowNanos);
      case "bytes" -> session.clientBytes(nowNanos);
      case "hello" -> session.firstFlight(FirstFlight.Kind.COMPLETE, nowNanos);
      case "part" -> session.firstFlight(FirstFlight.Kind.INCOMPLETE, nowNanos);
      case "opaque" -> session.firstFlight(FirstFlight.Kind.NOT_REPLAYABLE, nowNanos);
      case "client-ends" -> session.clientEnded(false, nowNanos);
      case "client-resets" -> session.clientEnded(true, nowNanos);
      case "connected" -> session.connected(number(words, 1), nowNanos);
      case "refused" -> session.connectFailed(number(words, 1), ConnectFailure.REFUSED, nowNanos);
      case "answer" -> session.serverAnswered(number(words, 1), nowNanos);
      case "server-ends" -> session.serverEnded(number(words, 1), false, nowNanos);
      case "server-resets" -> session.serverEnded(number(words, 1), true, nowNanos);
      case "down" -> session.serverDown(number(words, 1), nowNanos);
      case "place" -> session.placeFree(nowNanos);
      case "end" -> session.end(SessionEnd.ADDRESS_LOST, true);
      default -> throw new AssertionError("unknown: " + name);
    }
  }

  private void at(long millis) {
    nowNanos = millis * MILLI;
    session.deadline(nowNanos);
  }

  private void spendBudget() {
    for (int i = 0; i < 100; i++) {
      if (!budget.take(0)) {
        throw new AssertionError("the budget is smaller than 100");
      }
    }
  }

  private static int number(List<String> words, int index) {
    return Integer.parseInt(words.get(index));
  }

  /** When it wants to be called next. */
  String deadline() {
    long next = session.nextDeadlineNanos();
    String when = next == Long.MAX_VALUE ? "never" : next / MILLI + " ms";
    return session.isOver() ? "over" : when;
  }

  @Override
  public int choose(long tried, long now) {
    int next = Long.numberOfTrailingZeros(~tried);
    if (next >= servers) {
      return Balancer.NOBODY;
    }
    return full ? Balancer.ALL_FULL : next;
  }

  @Override
  public void dial(int attempt, int server) {
    actions.add("dial " + attempt + " to " + server);
  }

  @Override
  public void abandon(int attempt, ConnectFailure reason) {
    actions.add("abandon " + attempt + " " + reason.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void sendFirstFlight(int attempt) {
    actions.add("first flight " + attempt);
  }

  @Override
  public void relay(int attempt) {
    actions.add("relay " + attempt);
  }

  @Override
  public void enqueue() {
    actions.add("enqueue");
  }

  @Override
  public void finish(SessionEnd reason, boolean reset) {
    actions.add("finish " + reason.name().toLowerCase(Locale.ROOT) + (reset ? " reset" : ""));
  }

  @Override
  public void hedged(int attempt) {
    actions.add("hedged " + attempt);
  }

  @Override
  public void unanswered(int attempt) {
    actions.add("unanswered " + attempt);
  }

  @Override
  public void replayed(int attempt) {
    actions.add("replayed " + attempt);
  }
}
