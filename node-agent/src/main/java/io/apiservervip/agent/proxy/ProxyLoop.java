package io.apiservervip.agent.proxy;

import io.netty.channel.IoEventLoop;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One event loop of the proxy with what belongs to it: its connections, their deadlines, its buffer
 * and its pipes. Everything here runs on that loop, but where a method says otherwise.
 */
final class ProxyLoop {
  private static final long BEAT_MILLIS = 250;
  private static final long TICK_MILLIS = 10;

  private final IoEventLoop executor;
  private final ProxyShared shared;
  private final FlowPlace place;
  private final ArrayDeque<Relay> young = new ArrayDeque<>();
  private final RandomGenerator random = new SplittableRandom();
  private final TimerWheel<Connection> wheel;
  private @Nullable Connection first;
  private final AtomicInteger connections = new AtomicInteger();
  private volatile long beatNanos;
  private boolean ticking;

  ProxyLoop(IoEventLoop executor, ProxyShared shared, int pipes) {
    this.executor = executor;
    this.shared = shared;
    this.place =
        new FlowPlace(
            new Scratch(),
            new AsideBudget(),
            shared.transport().pipes(pipes, shared.observer()::pipesExhausted));
    this.beatNanos = shared.nanoClock().getAsLong();
    this.wheel = new TimerWheel<>(beatNanos);
  }

  /** Begins to beat; {@code each} is done with every beat. Any thread. */
  void start(Runnable each) {
    Future<?> _ =
        executor.scheduleWithFixedDelay(
            () -> {
              beatNanos = now();
              grow();
              each.run();
            },
            0,
            BEAT_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /** A session has just begun; the next beat makes it grown, if it is still there. */
  void young(Relay relay) {
    young.add(relay);
  }

  private void grow() {
    for (Relay relay = young.poll(); relay != null; relay = young.poll()) {
      relay.grown();
    }
  }

  /** When it last turned. Any thread. */
  long beatNanos() {
    return beatNanos;
  }

  /** How many connections it has. Any thread. */
  int connections() {
    return connections.get();
  }

  IoEventLoop executor() {
    return executor;
  }

  ProxyShared shared() {
    return shared;
  }

  FlowPlace place() {
    return place;
  }

  RandomGenerator random() {
    return random;
  }

  long now() {
    return shared.nanoClock().getAsLong();
  }

  /** Does this once what runs now has come to rest. Any thread. */
  void later(Runnable task) {
    executor.execute(task);
  }

  void add(Connection connection) {
    connection.linkBefore(first);
    first = connection;
    connections.setRelease(connections.getPlain() + 1);
  }

  void remove(Connection connection) {
    wheel.cancel(connection.timeout());
    first = connection.unlink(first);
    connections.setRelease(connections.getPlain() - 1);
  }

  /** Each of its connections; they may end meanwhile. */
  void each(Consumer<Connection> action) {
    Connection connection = first;
    while (connection != null) {
      Connection next = connection.next();
      action.accept(connection);
      connection = next;
    }
  }

  /** Ends each of its connections that a condition holds for; how many. */
  int endIf(Predicate<Connection> condition, SessionEnd reason, boolean reset) {
    int[] ended = {0};
    each(
        connection -> {
          if (condition.test(connection)) {
            connection.end(reason, reset);
            ended[0]++;
          }
        });
    return ended[0];
  }

  /** Sets a connection's deadline anew; {@code Long.MAX_VALUE}: none. */
  void timer(Connection connection, long deadlineNanos) {
    if (deadlineNanos == Long.MAX_VALUE) {
      wheel.cancel(connection.timeout());
      return;
    }
    wheel.schedule(connection.timeout(), deadlineNanos);
    tickLater();
  }

  private void tickLater() {
    if (!ticking) {
      ticking = true;
      Future<?> _ = executor.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void tick() {
    ticking = false;
    wheel.advance(now(), Connection::deadline);
    if (wheel.size() > 0) {
      tickLater();
    }
  }

  /** Frees what is no connection's. */
  void close() {
    PipePool pipes = place.pipes();
    if (pipes != null) {
      pipes.close();
    }
  }
}
