package io.apiservervip.agent.vrrp.simulation;

import io.apiservervip.agent.vrrp.Action;
import io.apiservervip.agent.vrrp.Active;
import io.apiservervip.agent.vrrp.AdvertisementInterval;
import io.apiservervip.agent.vrrp.Event;
import io.apiservervip.agent.vrrp.FaultCause;
import io.apiservervip.agent.vrrp.Initialize;
import io.apiservervip.agent.vrrp.Leaving;
import io.apiservervip.agent.vrrp.Priority;
import io.apiservervip.agent.vrrp.State;
import io.apiservervip.agent.vrrp.Stopped;
import io.apiservervip.agent.vrrp.VirtualRouter;
import io.apiservervip.agent.vrrp.VirtualRouterConfig;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** One agent process on its host: a loop that drains its inputs and then fires its deadline. */
final class SimulatedRouter {
  private static final int RECEIVE_QUEUE = 200;
  private static final int MOST_DEADLINES = 50;
  private static final long EXIT_POLL_NANOS = 1_000_000L;

  private enum Life {
    RUNNING,
    FROZEN,
    DEAD
  }

  private final World world;
  private final int id;
  private final InetAddress address;
  private final Clock clock;
  private final SimulatedKernel kernel;
  private final Queue<Event> received = new ArrayDeque<>();
  private final Queue<Event> inputs = new ArrayDeque<>();
  private VirtualRouterConfig config;
  private VirtualRouter router;
  private Life life = Life.DEAD;
  private boolean linkUp = true;
  private boolean sendFails;
  private boolean lastSendFailed;
  private long soundSinceNanos = Long.MAX_VALUE;
  private long wakeNanos = Long.MAX_VALUE;
  private long frozenAtNanos;
  private boolean mustDropFirst;

  SimulatedRouter(World world, int id, VirtualRouterConfig config) {
    this.world = world;
    this.id = id;
    this.config = config;
    this.address = InetAddress.ofLiteral("10.0.0." + (id + 1));
    this.clock = Clock.random(world);
    this.kernel = new SimulatedKernel(world, this);
    this.router = new VirtualRouter(config, clock.local(0));
  }

  int id() {
    return id;
  }

  SimulatedKernel kernel() {
    return kernel;
  }

  VirtualRouter machine() {
    return router;
  }

  VirtualRouterConfig config() {
    return config;
  }

  State state() {
    return router.state();
  }

  boolean alive() {
    return life != Life.DEAD;
  }

  boolean frozen() {
    return life == Life.FROZEN;
  }

  boolean running() {
    return life == Life.RUNNING;
  }

  boolean active() {
    return running() && router.state() instanceof Active;
  }

  /** It lives and is not about to end. */
  boolean staying() {
    boolean leavesForGood =
        router.state() instanceof Stopped
            || (router.state() instanceof Leaving leaving
                && leaving.purpose() == Leaving.Purpose.SHUTDOWN)
            || inputs.contains(new Event.ShutdownRequested());
    return alive() && !leavesForGood;
  }

  /** The time that the router's own clock shows. */
  long clockNanos() {
    return clock.local(world.nowNanos());
  }

  /** Nothing waits to be told to the state machine. */
  boolean drained() {
    return inputs.isEmpty();
  }

  /** Since when it runs, sends and hears; {@code Long.MAX_VALUE} while it does not. */
  long soundSinceNanos() {
    return soundSinceNanos;
  }

  /** How long from now, on the world's clock, until the router's own clock says so. */
  long untilNanos(long localNanos) {
    return localNanos == Long.MAX_VALUE
        ? 0
        : Math.max(0, clock.global(localNanos) - world.nowNanos());
  }

  void start() {
    received.clear();
    inputs.clear();
    kernel.abandon();
    kernel.resume();
    life = Life.RUNNING;
    mustDropFirst = false;
    router = new VirtualRouter(config, clock.local(world.nowNanos()));
    soundAgain();
    world.log(this, "process starts");
    tell(
        linkUp
            ? new Event.InterfaceReady(address)
            : new Event.InterfaceLost(FaultCause.NO_CARRIER, "no carrier", false));
  }

  void kill() {
    world.log(this, "process is killed");
    die();
  }

  private void die() {
    life = Life.DEAD;
    soundSinceNanos = Long.MAX_VALUE;
    kernel.abandon();
    kernel.suspend();
  }

  void freeze() {
    world.log(this, "process is frozen");
    life = Life.FROZEN;
    frozenAtNanos = world.nowNanos();
    soundSinceNanos = Long.MAX_VALUE;
    kernel.suspend();
  }

  void thaw() {
    world.log(this, "process is resumed");
    life = Life.RUNNING;
    mustDropFirst =
        router.state() instanceof Active
            && world.nowNanos() - frozenAtNanos > world.silenceLimitNanos(config) * 1001 / 1000;
    kernel.resume();
    soundAgain();
    wakeSoon();
  }

  void link(boolean up) {
    linkUp = up;
    world.log(this, up ? "link is up" : "link is down");
    soundAgain();
    tell(
        up
            ? new Event.InterfaceReady(address)
            : new Event.InterfaceLost(FaultCause.NO_CARRIER, "no carrier", world.chance(0.3)));
  }

  void sendFails(boolean value) {
    world.log(this, value ? "sending fails" : "sending works");
    sendFails = value;
    soundAgain();
  }

  boolean impaired() {
    return !linkUp || sendFails;
  }

  private void soundAgain() {
    soundSinceNanos = running() && !impaired() ? world.nowNanos() : Long.MAX_VALUE;
  }

  void reconfigure(VirtualRouterConfig changed) {
    config = changed;
    if (alive()) {
      tell(new Event.Reconfigured(changed));
    }
  }

  /** Gives the process an input other than a packet. */
  void tell(Event event) {
    if (alive()) {
      inputs.add(event);
      wakeSoon();
    }
  }

  void onInstalled() {
    tell(new Event.AddressesInstalled());
  }

  void onExpired() {
    tell(new Event.AddressExpired());
  }

  private void hear(InetAddress source, Priority priority, AdvertisementInterval interval) {
    if (alive() && linkUp && received.size() < RECEIVE_QUEUE) {
      received.add(
          new Event.AdvertReceived(source, priority, interval, clock.local(world.nowNanos())));
      wakeSoon();
    }
  }

  private void hearClaim() {
    if (linkUp) {
      tell(new Event.NeighborClaimed());
    }
  }

  private void wakeSoon() {
    if (running()) {
      wakeAt(world.nowNanos());
    }
  }

  private void wakeAt(long nanos) {
    long late = nanos + world.upTo(world.conditions().jitterNanos());
    if (late < wakeNanos) {
      wakeNanos = late;
      world.at(late, () -> wake(late));
    }
  }

  private void wake(long scheduledNanos) {
    if (wakeNanos == scheduledNanos) {
      wakeNanos = Long.MAX_VALUE;
    }
    if (!running()) {
      return;
    }
    drain(received);
    drain(inputs);
    for (int i = 0; running() && router.nextDeadlineNanos() <= localNow(); i++) {
      if (i == MOST_DEADLINES) {
        throw new AssertionError("the deadline of router " + id + " does not move on");
      }
      step(new Event.TimePassed());
    }
    if (running() && router.nextDeadlineNanos() != Long.MAX_VALUE) {
      wakeAt(clock.global(router.nextDeadlineNanos()));
    }
  }

  private void drain(Queue<Event> queue) {
    for (Event next = queue.poll(); next != null && running(); next = queue.poll()) {
      step(next);
    }
  }

  private long localNow() {
    return clock.local(world.nowNanos());
  }

  private void step(Event event) {
    List<Action> actions = router.step(event, localNow());
    world.log(this, event, actions);
    if (mustDropFirst) {
      mustDropFirst = false;
      if (actions.isEmpty() || !(actions.getFirst() instanceof Action.RemoveAddresses)) {
        throw new AssertionError("router " + id + " was frozen and did not drop its addresses");
      }
    }
    for (Action action : List.copyOf(actions)) {
      run(action);
    }
    if (router.state() instanceof Stopped && running()) {
      exit();
    }
  }

  /** An orderly end waits until the kernel has removed the addresses. */
  private void exit() {
    if (kernel.settled()) {
      world.log(this, "process ends");
      die();
    } else {
      world.at(world.nowNanos() + EXIT_POLL_NANOS, this::wakeSoonIfStopped);
    }
  }

  private void wakeSoonIfStopped() {
    if (running() && router.state() instanceof Stopped) {
      exit();
    }
  }

  private void run(Action action) {
    switch (action) {
      case Action.SendAdvertisement sent -> send(sent.priority());
      case Action.InstallAddresses _ -> kernel.change(true);
      case Action.RemoveAddresses _ -> kernel.change(false);
      case Action.Announce _ -> {
        if (linkUp) {
          world.network().carry(this, SimulatedRouter::hearClaim);
        }
      }
      case Action.Transition change -> world.onTransition(this, change);
    }
  }

  private void send(Priority priority) {
    if (router.state() instanceof Initialize || router.state() instanceof Stopped) {
      throw new AssertionError("router " + id + " sent in state " + router.state());
    }
    if (impaired()) {
      lastSendFailed = true;
      inputs.add(new Event.SendFailed());
      return;
    }
    if (lastSendFailed) {
      lastSendFailed = false;
      inputs.add(new Event.SendSucceeded());
    }
    AdvertisementInterval interval = config.interval();
    world.network().carry(this, to -> to.hear(address, priority, interval));
  }
}
