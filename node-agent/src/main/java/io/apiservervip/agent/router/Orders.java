package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Active;
import io.apiservervip.agent.vrrp.Event;
import io.apiservervip.agent.vrrp.Leaving;
import io.apiservervip.agent.vrrp.Stopped;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What other threads ask of the loop, and how far it got with that. Settings and health are kept in
 * one place each, where the newest wins; hand-overs queue, at most 16.
 */
final class Orders {
  private static final int MAX_HAND_OVERS = 16;

  private record Health(int weight, boolean canServe) {}

  private final Machine machine;
  private final Surroundings surroundings;
  private final StatusBoard board;
  private final RouterObserver observer;
  private final AtomicReference<@Nullable RouterSettings> wanted = new AtomicReference<>();
  private final AtomicReference<@Nullable Health> health = new AtomicReference<>();
  private final BlockingQueue<CompletableFuture<HandOverResult>> inbox =
      new ArrayBlockingQueue<>(MAX_HAND_OVERS);

  private volatile boolean stopping;
  private volatile long stopByNanos;
  private volatile boolean ended;

  /** Loop thread: settings of another virtual router, which begins when this one has stopped. */
  private @Nullable RouterSettings successor;

  /** Loop thread: who waits for the hand-over that is under way. */
  private @Nullable CompletableFuture<HandOverResult> handOver;

  private boolean stopTold;

  Orders(Machine machine, Surroundings surroundings, StatusBoard board, RouterObserver observer) {
    this.machine = machine;
    this.surroundings = surroundings;
    this.board = board;
    this.observer = observer;
  }

  /** Any thread. */
  void reconfigure(RouterSettings settings) {
    wanted.set(settings);
  }

  /** Any thread. */
  void health(int weight, boolean canServe) {
    health.set(new Health(weight, canServe));
  }

  /** Any thread; the future completes in any case. */
  CompletableFuture<HandOverResult> handOver() {
    CompletableFuture<HandOverResult> result = new CompletableFuture<>();
    if (!inbox.offer(result)) {
      observer.queueFull("hand-over");
      result.complete(new HandOverResult(false, "the agent is too busy: try again"));
    }
    if (ended) {
      refuse();
    }
    return result;
  }

  /** Any thread. */
  void stop(long byNanos) {
    stopByNanos = byNanos;
    stopping = true;
  }

  /** Whether the loop is to end: properly, or because there is no more time for that. */
  boolean done(long nowNanos) {
    return stopping && (machine.state() instanceof Stopped || nowNanos >= stopByNanos);
  }

  /** The loop has ended: nothing asked now or later waits for it. */
  void end() {
    ended = true;
    CompletableFuture<HandOverResult> asked = handOver;
    if (asked != null) {
      asked.complete(stopped());
    }
    refuse();
  }

  private void refuse() {
    for (var next = inbox.poll(); next != null; next = inbox.poll()) {
      next.complete(stopped());
    }
  }

  private static HandOverResult stopped() {
    return new HandOverResult(false, "the agent has stopped");
  }

  /** Carries out what was asked for. Loop thread. */
  void obey(long nowNanos) {
    Health seen = health.getAndSet(null);
    if (seen != null) {
      machine.health(seen.weight(), seen.canServe(), nowNanos);
    }
    RouterSettings next = wanted.getAndSet(null);
    if (next != null) {
      change(next, nowNanos);
    }
    for (var asked = inbox.poll(); asked != null; asked = inbox.poll()) {
      begin(asked, nowNanos);
    }
    if (stopping && !stopTold) {
      stopTold = true;
      machine.step(new Event.ShutdownRequested(), nowNanos);
    }
  }

  private void change(RouterSettings next, long nowNanos) {
    if (successor == null && machine.settings().sameIdentity(next)) {
      machine.adopt(next);
      surroundings.settle(nowNanos);
      machine.reconfigured(nowNanos);
    } else {
      successor = next;
      machine.step(new Event.ShutdownRequested(), nowNanos);
    }
  }

  private void begin(CompletableFuture<HandOverResult> asked, long nowNanos) {
    if (machine.state() instanceof Leaving) {
      asked.complete(new HandOverResult(false, "the address is being given away already"));
    } else if (!(machine.state() instanceof Active)) {
      String text = "this node is not Active but " + board.role().text();
      asked.complete(new HandOverResult(false, text));
    } else {
      handOver = asked;
      machine.step(new Event.HandOverRequested(), nowNanos);
    }
  }

  /** After the deadlines: answers a hand-over, and puts the successor in its place. */
  void follow(long nowNanos) {
    answer(nowNanos);
    RouterSettings next = successor;
    if (next != null && machine.state() instanceof Stopped && !stopping) {
      successor = null;
      machine.restart(next, nowNanos);
    }
  }

  private void answer(long nowNanos) {
    CompletableFuture<HandOverResult> asked = handOver;
    if (asked == null || machine.state() instanceof Leaving) {
      return;
    }
    handOver = null;
    boolean here = machine.state() instanceof Active;
    boolean given = !here && machine.activeSource(nowNanos) != null;
    String otherwise = here ? "nobody took the address: still here" : "nobody took the address";
    asked.complete(new HandOverResult(given, given ? "the address was handed over" : otherwise));
  }
}
