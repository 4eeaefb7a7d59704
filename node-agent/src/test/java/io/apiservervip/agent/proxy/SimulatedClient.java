package io.apiservervip.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * One session among simulated servers, on a virtual clock. Checks with each action that the session
 * may want it now.
 */
final class SimulatedClient implements SessionActions, ServerChooser {
  static final long MILLI = 1_000_000L;

  /** The latest end of everything that has one: queue, eight connects one after the other. */
  private static final long BOUND = 40_000 * MILLI;

  private record Event(long atNanos, int order, Runnable what) {}

  private final Random random;
  private final List<SimulatedServer> servers;
  private final Session session;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::atNanos).thenComparingInt(Event::order));

  private final List<Integer> dialled = new ArrayList<>();
  private final Set<Integer> dialling = new HashSet<>();
  private final Set<Integer> connected = new HashSet<>();
  private final Set<Integer> sent = new HashSet<>();
  private final List<String> log = new ArrayList<>();
  private long nowNanos;
  private int made;
  private long fullUntilNanos;
  private boolean queued;
  private boolean answered;
  private int relays;
  private int finishes;
  private int relayedTo = -1;

  SimulatedClient(Random random, List<SimulatedServer> servers, SessionRules rules) {
    this.random = random;
    this.servers = servers;
    this.session = new Session(rules, this, new ReplayBudget(), this);
  }

  void at(long millis, Runnable what) {
    events.add(new Event(nowNanos + millis * MILLI, made++, what));
  }

  void fullFor(long millis) {
    fullUntilNanos = millis * MILLI;
    at(millis, this::freePlace);
  }

  private void freePlace() {
    if (queued) {
      queued = false;
      session.placeFree(nowNanos);
    }
  }

  Session session() {
    return session;
  }

  long nowNanos() {
    return nowNanos;
  }

  /** Runs until the session is over or nothing will ever happen. */
  void run() {
    session.accepted(0);
    while (!session.isOver()) {
      long next = session.nextDeadlineNanos();
      Event event = events.peek();
      assertThat(next > nowNanos || event != null).as("%s", log).isTrue();
      if (event != null && event.atNanos() <= next) {
        nowNanos = events.remove().atNanos();
        event.what().run();
      } else if (next == Long.MAX_VALUE) {
        break;
      } else {
        nowNanos = next;
        session.deadline(nowNanos);
        assertThat(session.nextDeadlineNanos()).as("%s", log).isGreaterThan(nowNanos);
      }
      assertThat(nowNanos).as("%s", log).isLessThan(BOUND);
    }
  }

  @Override
  public int choose(long tried, long now) {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < servers.size(); i++) {
      if ((tried & (1L << i)) == 0) {
        left.add(i);
      }
    }
    if (left.isEmpty()) {
      return Balancer.NOBODY;
    }
    return now < fullUntilNanos ? Balancer.ALL_FULL : left.get(random.nextInt(left.size()));
  }

  @Override
  public void dial(int attempt, int server) {
    act("dial " + attempt + " to " + servers.get(server));
    assertThat(attempt).isEqualTo(dialled.size()).isLessThan(8);
    dialled.add(server);
    dialling.add(attempt);
    assertThat(dialling.size()).as("%s", log).isLessThanOrEqualTo(3);
    switch (servers.get(server)) {
      case GOOD, HUNG, RESETTING, CLOSING -> at(random.nextInt(30), () -> connect(attempt));
      case SLOW -> at(50 + random.nextInt(300), () -> connect(attempt));
      case REFUSING -> at(random.nextInt(3), () -> fail(attempt, ConnectFailure.REFUSED));
      case UNREACHABLE -> at(random.nextInt(500), () -> fail(attempt, ConnectFailure.UNREACHABLE));
      case CUT -> {}
    }
  }

  private void connect(int attempt) {
    if (dialling.remove(attempt)) {
      log.add(nowNanos / MILLI + " connected " + attempt);
      connected.add(attempt);
      session.connected(attempt, nowNanos);
    }
  }

  private void fail(int attempt, ConnectFailure reason) {
    if (dialling.remove(attempt)) {
      log.add(nowNanos / MILLI + " failed " + attempt);
      session.connectFailed(attempt, reason, nowNanos);
    }
  }

  @Override
  public void sendFirstFlight(int attempt) {
    act("first flight " + attempt);
    assertThat(connected).as("%s", log).contains(attempt);
    assertThat(sent.add(attempt)).as("%s", log).isTrue();
    assertThat(sent).as("one replay at most: %s", log).hasSizeLessThanOrEqualTo(2);
    switch (servers.get(dialled.get(attempt))) {
      case GOOD -> at(random.nextInt(300), () -> answer(attempt));
      case SLOW -> at(900 + random.nextInt(3000), () -> answer(attempt));
      case RESETTING -> at(random.nextInt(50), () -> serverEnd(attempt, true));
      case CLOSING -> at(random.nextInt(50), () -> serverEnd(attempt, false));
      case HUNG, CUT, REFUSING, UNREACHABLE -> {}
    }
  }

  private void answer(int attempt) {
    if (connected.contains(attempt)) {
      answered = true;
      session.serverAnswered(attempt, nowNanos);
    }
  }

  private void serverEnd(int attempt, boolean reset) {
    if (connected.remove(attempt)) {
      log.add(nowNanos / MILLI + " ended " + attempt);
      session.serverEnded(attempt, reset, nowNanos);
    }
  }

  @Override
  public void abandon(int attempt, ConnectFailure reason) {
    act("abandon " + attempt + " " + reason);
    assertThat(dialling.remove(attempt) || connected.remove(attempt)).as("%s", log).isTrue();
  }

  @Override
  public void relay(int attempt) {
    act("relay " + attempt);
    assertThat(connected.remove(attempt)).as("%s", log).isTrue();
    relays++;
    relayedTo = dialled.get(attempt);
  }

  @Override
  public void enqueue() {
    act("enqueue");
    assertThat(queued).as("%s", log).isFalse();
    assertThat(dialling.size() + connected.size()).as("%s", log).isZero();
    queued = true;
  }

  @Override
  public void finish(SessionEnd reason, boolean reset) {
    act("finish " + reason);
    finishes++;
  }

  private void act(String what) {
    log.add(nowNanos / MILLI + " " + what);
    assertThat(relays + finishes).as("nothing after the end: %s", log).isZero();
  }

  /** What must hold when it has ended, or waits for a server that is connected. */
  void checkEnd() {
    if (session.isOver()) {
      assertThat(relays + finishes).as("%s", log).isEqualTo(1);
      assertThat(dialling).as("every connect has an end: %s", log).isEmpty();
      assertThat(connected).as("every connection has an end: %s", log).isEmpty();
    } else {
      assertThat(dialling).as("%s", log).isEmpty();
      assertThat(connected).as("it waits for somebody: %s", log).isNotEmpty();
    }
  }

  /** It reached a server that answers. */
  void checkServed() {
    assertThat(relayedTo).as("%s", log).isNotNegative();
    assertThat(servers.get(relayedTo).answers()).as("%s", log).isTrue();
    assertThat(answered).as("%s", log).isTrue();
  }
}
