package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Action;
import io.apiservervip.agent.vrrp.Active;
import io.apiservervip.agent.vrrp.Backup;
import io.apiservervip.agent.vrrp.Event;
import io.apiservervip.agent.vrrp.Fault;
import io.apiservervip.agent.vrrp.FaultCause;
import io.apiservervip.agent.vrrp.Initialize;
import io.apiservervip.agent.vrrp.Leaving;
import io.apiservervip.agent.vrrp.Listening;
import io.apiservervip.agent.vrrp.State;
import io.apiservervip.agent.vrrp.Stopped;
import io.apiservervip.agent.vrrp.Timing;
import io.apiservervip.agent.vrrp.VirtualRouter;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The virtual router in its surroundings: runs the actions of each step in order, and feeds what
 * comes of them back as events. Loop thread.
 */
final class Machine {
  private static final long REOPEN_NANOS = 1_000_000_000L;
  private static final int MAX_DEADLINES_A_TURN = 8;
  private static final int EPERM = 1;

  private final HostNetwork network;
  private final AddressKeeper keeper;
  private final RouterObserver observer;
  private final StatusBoard board;
  private final Neighbours neighbours;
  private final ArrayDeque<Event> followUps = new ArrayDeque<>();
  private final Set<InetAddress> everHeld = new HashSet<>();

  private RouterSettings settings;
  private VirtualRouter router;
  private @Nullable Attachment attachment;
  private boolean sendFailed;
  private long sentNanos;
  private boolean unsettled = true;
  private long reopenNanos = Long.MAX_VALUE;
  private int weight;
  private boolean canServe = true;

  Machine(
      HostNetwork network,
      AddressKeeper keeper,
      RouterObserver observer,
      StatusBoard board,
      RouterSettings settings,
      long nowNanos) {
    this.network = network;
    this.keeper = keeper;
    this.observer = observer;
    this.board = board;
    this.neighbours = board.neighbours();
    this.settings = settings;
    this.router = new VirtualRouter(settings.router(), nowNanos);
  }

  /** Takes one event and everything that follows from it. */
  void step(Event event, long nowNanos) {
    followUps.add(event);
    for (Event next = followUps.poll(); next != null; next = followUps.poll()) {
      List<Action> actions = router.step(next, nowNanos);
      for (int i = 0; i < actions.size(); i++) {
        perform(actions.get(i), nowNanos);
      }
    }
  }

  private void perform(Action action, long nowNanos) {
    switch (action) {
      case Action.SendAdvertisement send -> {
        sentNanos = nowNanos;
        send(send);
      }
      case Action.InstallAddresses _ -> install();
      case Action.RemoveAddresses _ -> keeper.release();
      case Action.Announce _ -> announce();
      case Action.Transition moved -> {
        neighbours.splitBrain().forget();
        board.moved(moved.to(), moved.reason(), moved.detail());
      }
    }
  }

  /**
   * An Active that has been silent for so long that a Backup may have taken over drops its
   * addresses before it takes in anything else, and sends nothing more.
   *
   * @return whether it did
   */
  boolean dropAfterPause(long nowNanos) {
    long limit =
        Timing.silenceLimitNanos(settings.router().version(), settings.router().interval().nanos());
    if (!(router.state() instanceof Active) || nowNanos - sentNanos <= limit) {
      return false;
    }
    step(new Event.TimePassed(), nowNanos);
    return true;
  }

  /** Fires what is due; at most eight in a turn, so that received packets come before the rest. */
  void fireDeadlines(long nowNanos) {
    for (int i = 0; i < MAX_DEADLINES_A_TURN && nowNanos >= router.nextDeadlineNanos(); i++) {
      step(new Event.TimePassed(), nowNanos);
    }
  }

  private void send(Action.SendAdvertisement send) {
    boolean sent = attachment != null && attachment.transmitter().send(send.priority());
    if (!sent) {
      followUps.add(new Event.SendFailed());
    } else if (sendFailed) {
      followUps.add(new Event.SendSucceeded());
    }
    sendFailed = !sent;
  }

  private void install() {
    if (attachment == null) {
      followUps.add(new Event.AddressesFailed("no interface to put the address on"));
      return;
    }
    settings.addresses().forEach(virtual -> everHeld.add(virtual.address()));
    keeper.hold(attachment.link().index(), settings.addresses(), settings.lifetimeSeconds());
  }

  private void announce() {
    if (attachment == null) {
      return;
    }
    for (VirtualAddress address : settings.addresses()) {
      if (attachment.announcer().announce(address.address()) == 0) {
        observer.announced();
      }
    }
  }

  /** Moves to where the addresses belong now; a change of nothing does nothing. */
  void settle(HostLinks.Selection selection, boolean linkExists, long nowNanos) {
    unsettled = false;
    board.setStale();
    switch (selection) {
      case HostLinks.Selection.Found found -> attach(found, nowNanos);
      case HostLinks.Selection.Missing missing ->
          lose(missing.cause(), missing.detail(), !linkExists, nowNanos);
    }
  }

  private void attach(HostLinks.Selection.Found found, long nowNanos) {
    if (attachment != null && attachment.serves(found, settings)) {
      return;
    }
    Attachment adapted = attachment == null ? null : attachment.adapted(found, settings, observer);
    if (adapted != null) {
      attachment = adapted;
      return;
    }
    if (attachment != null && attachment.link().index() != found.link().index()) {
      lose(FaultCause.NO_INTERFACE, "the interface was replaced", true, nowNanos);
    }
    Attachment before = attachment;
    detach();
    try {
      attachment = Attachment.open(network, found, settings, observer);
      reopenNanos = Long.MAX_VALUE;
    } catch (OperatingException e) {
      lose(FaultCause.SOCKETS, withRemedy(e), false, nowNanos);
      reopenNanos = nowNanos + REOPEN_NANOS;
      return;
    }
    if (before == null || !attachment.source().equals(before.source())) {
      step(new Event.InterfaceReady(attachment.source()), nowNanos);
    }
    boolean moved = before != null && !attachment.link().mac().equals(before.link().mac());
    if (moved && router.state() instanceof Active) {
      announce();
    }
  }

  private static String withRemedy(OperatingException e) {
    String text = String.valueOf(e.getMessage());
    return e.errno() == EPERM && !text.contains("CAP_NET_RAW")
        ? "raw sockets are not permitted: grant the capability CAP_NET_RAW (" + text + ")"
        : text;
  }

  /** The place is lost; told once for each reason. */
  void lose(FaultCause cause, String detail, boolean vanished, long nowNanos) {
    boolean known =
        router.state() instanceof Fault fault
            && fault.cause() == cause
            && fault.detail().equals(detail);
    if (!known) {
      step(new Event.InterfaceLost(cause, detail, vanished), nowNanos);
    }
    reopenNanos = Long.MAX_VALUE;
    detach();
  }

  private void detach() {
    if (attachment != null) {
      attachment.close();
      attachment = null;
    }
  }

  /** Takes new settings for the same virtual router, which is to be settled under them first. */
  void adopt(RouterSettings next) {
    settings = next;
    unsettled = true;
  }

  /**
   * Tells the virtual router of the settings that were adopted. One that is leaving does not care;
   * its addresses are brought up to date all the same, since it may come to stay.
   */
  void reconfigured(long nowNanos) {
    step(new Event.Reconfigured(settings.router()), nowNanos);
    if (router.state() instanceof Leaving) {
      install();
    }
    board.setStale();
  }

  /** Another virtual router in place of the one that has stopped. */
  void restart(RouterSettings next, long nowNanos) {
    detach();
    neighbours.peers().forget();
    adopt(next);
    sendFailed = false;
    reopenNanos = Long.MAX_VALUE;
    router = new VirtualRouter(next.router(), nowNanos);
    step(new Event.HealthChanged(weight, canServe), nowNanos);
  }

  void health(int newWeight, boolean serves, long nowNanos) {
    weight = newWeight;
    canServe = serves;
    step(new Event.HealthChanged(weight, canServe), nowNanos);
  }

  void close() {
    detach();
  }

  RouterSettings settings() {
    return settings;
  }

  @Nullable Attachment attachment() {
    return attachment;
  }

  State state() {
    return router.state();
  }

  boolean holdsAddresses() {
    return router.holdsAddresses();
  }

  /** The addresses that this process has put on an interface, so that those found are its own. */
  Set<InetAddress> everHeld() {
    return everHeld;
  }

  long nextDeadlineNanos() {
    return Math.min(router.nextDeadlineNanos(), reopenNanos);
  }

  /** Whether the place is to be looked for (again). */
  boolean unsettled(long nowNanos) {
    return unsettled || nowNanos >= reopenNanos;
  }

  int effectivePriority() {
    return router.effectivePriority().value();
  }

  /** The Active as far as known: ourselves, or whose adverts are fresh. */
  @Nullable InetAddress activeSource(long nowNanos) {
    boolean ours =
        router.state() instanceof Active
            || (router.state() instanceof Leaving leaving && leaving.successor() == null);
    return ours && attachment != null
        ? attachment.source()
        : neighbours.peers().advertising(nowNanos);
  }

  static Role roleOf(State state) {
    return switch (state) {
      case Initialize _, Listening _, Stopped _ -> Role.INITIALIZE;
      case Backup _ -> Role.BACKUP;
      case Active _, Leaving _ -> Role.ACTIVE;
      case Fault _ -> Role.FAULT;
    };
  }
}
