package io.apiservervip.agent.router;

import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The loop thread: owns the virtual router and its sockets. Each turn takes in what the kernel and
 * other threads have to say, then fires deadlines, then shows its state. It waits for nothing but
 * its sockets; addresses are changed by {@link AddressKeeper}.
 */
public final class RouterLoop implements Runnable {
  private static final long MAX_SLEEP_NANOS = 100_000_000L;
  private static final long PUBLISH_NANOS = 500_000_000L;
  private static final long JOIN_MILLIS = 5_000;
  private static final int MAX_NEWS = 64;

  private final HostNetwork network;
  private final MonotonicClock clock;
  private final RouterObserver observer;
  private final BlockingQueue<AddressKeeper.Result> news = new ArrayBlockingQueue<>(MAX_NEWS);
  private final AddressKeeper keeper;
  private final StatusBoard board;
  private final Machine machine;
  private final Surroundings surroundings;
  private final Orders orders;
  private final Intake intake;
  private final Prober prober;
  private final CountDownLatch ended = new CountDownLatch(1);

  private volatile long beatNanos;
  private long publishNanos;

  /**
   * @param companion works in a thread of its own, so that it can hold nothing up
   */
  public RouterLoop(
      HostNetwork network,
      MonotonicClock clock,
      Clock wallClock,
      RouterObserver observer,
      AddressCompanion companion,
      RouterSettings settings) {
    this.network = network;
    this.clock = clock;
    this.observer = observer;
    this.beatNanos = clock.nanoTime();
    this.publishNanos = beatNanos;
    Neighbours neighbours = Neighbours.unknown();
    ExpectedRemovals removals = new ExpectedRemovals();
    AddressCompanion bounded = BoundedCompanion.around(companion, this::onNews);
    this.keeper =
        new AddressKeeper(
            new PlacedAddresses(network.addresses(), removals, bounded, this::onNews),
            removals,
            network.links(),
            clock,
            () -> beatNanos,
            this::onNews);
    this.board = new StatusBoard(wallClock, settings, neighbours, observer);
    this.machine = new Machine(network, keeper, observer, board, settings, beatNanos);
    this.surroundings = new Surroundings(network, keeper, news, machine, observer);
    this.orders = new Orders(machine, surroundings, board, observer);
    this.intake = new Intake(machine, observer, neighbours);
    this.prober = new Prober(machine, surroundings, neighbours.splitBrain(), observer);
  }

  /**
   * Runs until {@link #shutDown}. A bug, here or in the address thread, ends it with an exception
   * after the addresses were given up: the caller makes the process exit then.
   */
  @Override
  public void run() {
    Thread keeperThread = Thread.ofPlatform().name("addresses").daemon().unstarted(this::keep);
    try {
      begin();
      keeperThread.start();
      while (!done()) {
        turn();
      }
    } finally {
      keeper.close();
      join(keeperThread);
      end();
    }
  }

  /** The address thread: as urgent as the loop, for it renews what the kernel else removes. */
  private void keep() {
    // A refusal was told by the loop already.
    network.makeRealTime();
    keeper.run();
  }

  /** Before the first turn. */
  void begin() {
    int errno = network.makeRealTime();
    if (errno != 0) {
      observer.notice(
          "the VRRP thread runs without SCHED_RR (errno "
              + errno
              + "): under load its adverts may be late; grant CAP_SYS_NICE");
    }
    surroundings.begin();
  }

  /** One turn: received packets before timers, and a pause is noticed before either. */
  void turn() {
    long before = clock.nanoTime();
    long wanted =
        surroundings.unsettled(before)
            ? before
            : Math.min(machine.nextDeadlineNanos(), before + MAX_SLEEP_NANOS);
    network.waiter().await(wanted - before);
    long now = clock.nanoTime();
    if (now > wanted) {
      observer.loopLate(now - Math.max(wanted, before));
    }
    failWithKeeper();
    machine.dropAfterPause(now);
    surroundings.drain(now);
    surroundings.settle(now);
    intake.drain(now);
    prober.drain(now);
    orders.obey(now);
    if (!machine.dropAfterPause(clock.nanoTime())) {
      machine.fireDeadlines(now);
      orders.follow(now);
      prober.probe(now);
    }
    publish(clock.nanoTime());
    beatNanos = clock.nanoTime();
  }

  /** Whether the last turn was taken. */
  boolean done() {
    return orders.done(clock.nanoTime());
  }

  private void failWithKeeper() {
    Throwable bug = keeper.failure();
    if (bug != null) {
      throw new IllegalStateException("the address thread failed", bug);
    }
  }

  /** After the last turn. */
  void end() {
    machine.close();
    publishNanos = Long.MIN_VALUE;
    publish(clock.nanoTime());
    orders.end();
    ended.countDown();
  }

  private void publish(long now) {
    if (now >= publishNanos || board.stale()) {
      publishNanos = now + PUBLISH_NANOS;
      board.publish(machine, surroundings.ownsAddresses(), now);
    }
  }

  private void join(Thread keeperThread) {
    try {
      keeperThread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Called by the address thread. */
  private void onNews(AddressKeeper.Result result) {
    if (!news.offer(result)) {
      observer.queueFull("addresses");
    }
    network.waiter().wake();
  }

  AddressKeeper keeper() {
    return keeper;
  }

  /** The latest snapshot. Any thread. */
  public RouterStatus status() {
    return board.status();
  }

  /** When the last turn ended, by the loop's clock. Any thread. */
  public long beatNanos() {
    return beatNanos;
  }

  /** Applies new settings; without a fail-over unless the group's identity changes. Any thread. */
  public void reconfigure(RouterSettings settings) {
    orders.reconfigure(settings);
    network.waiter().wake();
  }

  /**
   * Says how this node is. Any thread.
   *
   * @param weight 0 or less, added to the priority
   * @param canServe false makes the node resign
   */
  public void health(int weight, boolean canServe) {
    orders.health(weight, canServe);
    network.waiter().wake();
  }

  /** Gives the address to another node; the future completes in any case. Any thread. */
  public CompletableFuture<HandOverResult> handOver() {
    CompletableFuture<HandOverResult> result = orders.handOver();
    network.waiter().wake();
    return result;
  }

  /**
   * Hands the address over, takes it off and ends the thread. After three quarters of the time the
   * address is taken off whether somebody has taken it or not.
   *
   * @return whether that was done in time
   */
  public boolean shutDown(long timeoutMillis) throws InterruptedException {
    stopBy(clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis) * 3 / 4);
    return ended.await(timeoutMillis, TimeUnit.MILLISECONDS);
  }

  /** Begins to shut down, and ends in any case at that time. Any thread. */
  void stopBy(long nanos) {
    orders.stop(nanos);
    network.waiter().wake();
  }
}
