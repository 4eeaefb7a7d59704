package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Active;
import io.apiservervip.agent.vrrp.Event;
import io.apiservervip.agent.vrrp.Leaving;
import io.apiservervip.agent.vrrp.Stopped;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The loop thread: owns the virtual router and its sockets. Each turn takes in what the kernel and
 * other threads have to say, then fires deadlines, then shows its state. It waits for nothing but
 * its sockets; addresses are changed by {@link AddressKeeper}.
 */
public final class RouterLoop implements Runnable {
  private static final long MAX_SLEEP_NANOS = 100_000_000L;
  private static final long PUBLISH_NANOS = 500_000_000L;
  private static final int MAX_COMMANDS = 256;
  private static final int MAX_DEADLINES_A_TURN = 8;

  private final HostNetwork network;
  private final MonotonicClock clock;
  private final RouterObserver observer;
  private final BlockingQueue<Command> inbox = new ArrayBlockingQueue<>(MAX_COMMANDS);
  private final HostLinks links = new HostLinks();
  private final AddressKeeper keeper;
  private final StatusBoard board;
  private final Machine machine;
  private final Intake intake;
  private final Prober prober;
  private final PeerTable peers = new PeerTable();
  private final CountDownLatch ended = new CountDownLatch(1);

  private volatile long beatNanos;
  private volatile boolean stopping;

  private boolean linksChanged = true;
  private boolean stale = true;
  private long publishNanos;
  private @Nullable RouterSettings successor;
  private @Nullable CompletableFuture<HandOverResult> handOver;

  public RouterLoop(
      HostNetwork network,
      MonotonicClock clock,
      Clock wallClock,
      RouterObserver observer,
      RouterSettings settings) {
    this.network = network;
    this.clock = clock;
    this.observer = observer;
    SplitBrainWatch splitBrain = new SplitBrainWatch();
    SegmentWatch segment = new SegmentWatch();
    Warnings warnings = new Warnings();
    this.keeper =
        new AddressKeeper(
            network.addresses(), network.links(), clock, () -> beatNanos, this::onAddressResult);
    this.board = new StatusBoard(wallClock, settings, segment, splitBrain, warnings, peers);
    this.beatNanos = clock.nanoTime();
    this.machine =
        new Machine(
            network, keeper, observer, board, peers, splitBrain, settings, clock.nanoTime());
    this.intake = new Intake(machine, observer, peers, splitBrain, segment, warnings);
    this.prober = new Prober(machine, splitBrain);
  }

  @Override
  public void run() {
    Thread keeperThread = Thread.ofPlatform().name("addresses").daemon().unstarted(keeper);
    try {
      begin();
      keeperThread.start();
      while (!(machine.state() instanceof Stopped && stopping)) {
        turn();
      }
    } finally {
      keeper.close();
      join(keeperThread);
      machine.close();
      ended.countDown();
    }
  }

  private void begin() {
    int errno = network.makeRealTime();
    if (errno != 0) {
      observer.notice(
          "the VRRP thread runs without SCHED_RR (errno "
              + errno
              + "): under load its adverts may be late; grant CAP_SYS_NICE");
    }
    try {
      links.replace(network.links().snapshot());
    } catch (OperatingException e) {
      observer.warning("links", String.valueOf(e.getMessage()));
      keeper.requestDump();
    }
    for (InterfaceAddress old : links.leftOver(machine.settings().addresses())) {
      removeLeftOver(old);
    }
  }

  private void removeLeftOver(InterfaceAddress old) {
    String text = old.address().getHostAddress();
    try {
      network
          .addresses()
          .remove(old.interfaceIndex(), new VirtualAddress(old.address(), old.prefixLength()));
      links.apply(new LinkEvent.AddressGone(old));
      observer.notice("removed " + text + ", left over from an earlier life");
    } catch (OperatingException e) {
      observer.warning("left over " + text, String.valueOf(e.getMessage()));
    }
  }

  private void turn() {
    long before = clock.nanoTime();
    long deadline = machine.nextDeadlineNanos();
    network.waiter().await(Math.min(deadline - before, MAX_SLEEP_NANOS));
    long now = clock.nanoTime();
    observeLateness(Math.min(deadline, before + MAX_SLEEP_NANOS), now);
    network.links().drain(event -> onLink(event, now));
    settle(now);
    intake.drain(now);
    prober.drain(now);
    obey(now);
    fireDeadlines(now);
    prober.probe(now);
    publish(now);
    beatNanos = clock.nanoTime();
  }

  /** An Active that stood still drops its addresses before it takes in anything else. */
  private void observeLateness(long wantedNanos, long now) {
    long late = now - wantedNanos;
    if (late <= 0) {
      return;
    }
    observer.loopLate(late);
    if (late > machine.settings().router().interval().nanos() && machine.holdsAddresses()) {
      machine.step(new Event.TimePassed(), now);
    }
  }

  private void onLink(LinkEvent event, long now) {
    switch (event) {
      case LinkEvent.Overrun _ -> keeper.requestDump();
      case LinkEvent.AddressGone gone when isOurs(gone.address()) -> onVirtualGone(now);
      case LinkEvent.AddressGone _,
          LinkEvent.AddressAdded _,
          LinkEvent.InterfaceChanged _,
          LinkEvent.InterfaceGone _ ->
          linksChanged = true;
    }
    links.apply(event);
  }

  private boolean isOurs(InterfaceAddress gone) {
    Attachment attachment = machine.attachment();
    return attachment != null
        && attachment.link().index() == gone.interfaceIndex()
        && machine.settings().addresses().stream()
            .anyMatch(virtual -> virtual.address().equals(gone.address()));
  }

  private void onVirtualGone(long now) {
    stale = true;
    linksChanged = true;
    if (keeper.expectedRemoval() || !machine.holdsAddresses()) {
      return;
    }
    int lifetime = machine.settings().lifetimeSeconds();
    if (lifetime != 0 && now - keeper.renewedNanos() >= TimeUnit.SECONDS.toNanos(lifetime)) {
      machine.step(new Event.AddressExpired(), now);
      return;
    }
    observer.addressPutBack();
    machine.step(new Event.AddressRemoved(), now);
  }

  private void settle(long now) {
    if (!linksChanged && now < machine.reopenNanos()) {
      return;
    }
    linksChanged = false;
    stale = true;
    HostLinks.Selection selection = links.select(machine.settings(), machine.everHeld());
    Attachment attachment = machine.attachment();
    boolean exists = attachment == null || links.exists(attachment.link().index());
    machine.settle(selection, exists, now);
  }

  /** Called by the address thread. */
  private void onAddressResult(AddressKeeper.Result result) {
    give(new Command.Addresses(result));
  }

  private boolean give(Command command) {
    boolean taken = inbox.offer(command);
    if (!taken) {
      observer.queueFull("router");
    }
    network.waiter().wake();
    return taken;
  }

  private void obey(long now) {
    for (Command next = inbox.poll(); next != null; next = inbox.poll()) {
      stale = true;
      switch (next) {
        case Command.Reconfigure change -> reconfigure(change.settings(), now);
        case Command.Health health -> machine.health(health.weight(), health.canServe(), now);
        case Command.HandOver request -> handOver(request.result(), now);
        case Command.ShutDown _ -> machine.step(new Event.ShutdownRequested(), now);
        case Command.Addresses news -> onAddresses(news.result(), now);
      }
    }
  }

  private void onAddresses(AddressKeeper.Result result, long now) {
    switch (result) {
      case AddressKeeper.Result.Installed _ -> machine.step(new Event.AddressesInstalled(), now);
      case AddressKeeper.Result.Failed failed ->
          machine.step(new Event.AddressesFailed(failed.detail()), now);
      case AddressKeeper.Result.Expired _ -> machine.step(new Event.AddressExpired(), now);
      case AddressKeeper.Result.DumpFailed failed -> {
        observer.warning("links", failed.detail());
        keeper.requestDump();
      }
      case AddressKeeper.Result.Dumped dumped -> {
        links.replace(dumped.snapshot());
        linksChanged = true;
      }
    }
  }

  private void reconfigure(RouterSettings next, long now) {
    linksChanged = true;
    if (machine.settings().sameIdentity(next)) {
      machine.reconfigure(next, now);
    } else {
      successor = next;
      machine.step(new Event.ShutdownRequested(), now);
    }
  }

  private void handOver(CompletableFuture<HandOverResult> result, long now) {
    if (!(machine.state() instanceof Active)) {
      result.complete(
          new HandOverResult(false, "this node is not Active but " + board.role().text()));
      return;
    }
    handOver = result;
    machine.step(new Event.HandOverRequested(), now);
  }

  private void fireDeadlines(long now) {
    for (int i = 0; i < MAX_DEADLINES_A_TURN && now >= machine.nextDeadlineNanos(); i++) {
      stale = true;
      machine.step(new Event.TimePassed(), now);
    }
    RouterSettings next = successor;
    if (next != null && machine.state() instanceof Stopped && !stopping) {
      successor = null;
      machine.restart(next, now);
      intake.restart();
      linksChanged = true;
    }
    answerHandOver();
  }

  private void answerHandOver() {
    CompletableFuture<HandOverResult> asked = handOver;
    if (asked == null || machine.state() instanceof Leaving) {
      return;
    }
    handOver = null;
    boolean given = !(machine.state() instanceof Active);
    asked.complete(
        new HandOverResult(
            given, given ? "the address was handed over" : "nobody took the address: still here"));
  }

  private void publish(long now) {
    if (!stale && now < publishNanos) {
      return;
    }
    stale = false;
    publishNanos = now + PUBLISH_NANOS;
    Attachment attachment = machine.attachment();
    boolean owned =
        attachment != null
            && links.holdsAll(attachment.link().index(), machine.settings().addresses());
    board.publish(machine, machine.settings(), owned, now);
  }

  private void join(Thread keeperThread) {
    try {
      keeperThread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
    give(new Command.Reconfigure(settings));
  }

  /**
   * Says how this node is.
   *
   * @param weight 0 or less, added to the priority
   * @param canServe false makes the node resign
   */
  public void health(int weight, boolean canServe) {
    give(new Command.Health(weight, canServe));
  }

  /** Gives the address to another node; the future completes within seconds. Any thread. */
  public CompletableFuture<HandOverResult> handOver() {
    CompletableFuture<HandOverResult> result = new CompletableFuture<>();
    if (!give(new Command.HandOver(result))) {
      result.complete(new HandOverResult(false, "the agent is too busy: try again"));
    }
    return result;
  }

  /**
   * Hands the address over, takes it off and ends the thread.
   *
   * @return whether that was done in time
   */
  public boolean shutDown(long timeoutMillis) throws InterruptedException {
    stopping = true;
    give(new Command.ShutDown());
    return ended.await(timeoutMillis, TimeUnit.MILLISECONDS);
  }
}
