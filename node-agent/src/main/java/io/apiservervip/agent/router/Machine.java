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
import io.apiservervip.agent.vrrp.VirtualRouter;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The virtual router in its surroundings: runs the actions of each step in order, and feeds what
 * comes of them back as events. Loop thread.
 */
final class Machine {
  private static final long REOPEN_NANOS = 1_000_000_000L;

  private final HostNetwork network;
  private final AddressKeeper keeper;
  private final RouterObserver observer;
  private final StatusBoard board;
  private final PeerTable peers;
  private final SplitBrainWatch splitBrain;
  private final ArrayDeque<Event> followUps = new ArrayDeque<>();

  private RouterSettings settings;
  private VirtualRouter router;
  private @Nullable Attachment attachment;
  private boolean sendFailed;
  private boolean everHeld;
  private long reopenNanos = Long.MAX_VALUE;
  private int weight;
  private boolean canServe = true;

  Machine(
      HostNetwork network,
      AddressKeeper keeper,
      RouterObserver observer,
      StatusBoard board,
      PeerTable peers,
      SplitBrainWatch splitBrain,
      RouterSettings settings,
      long nowNanos) {
    this.network = network;
    this.keeper = keeper;
    this.observer = observer;
    this.board = board;
    this.peers = peers;
    this.splitBrain = splitBrain;
    this.settings = settings;
    this.router = new VirtualRouter(settings.router(), nowNanos);
  }

  /** Takes one event and everything that follows from it. */
  void step(Event event, long nowNanos) {
    followUps.add(event);
    for (Event next = followUps.poll(); next != null; next = followUps.poll()) {
      List<Action> actions = router.step(next, nowNanos);
      for (int i = 0; i < actions.size(); i++) {
        perform(actions.get(i));
      }
    }
  }

  private void perform(Action action) {
    switch (action) {
      case Action.SendAdvertisement send -> send(send);
      case Action.InstallAddresses _ -> install();
      case Action.RemoveAddresses _ -> keeper.release();
      case Action.Announce _ -> announce();
      case Action.Transition moved -> {
        splitBrain.forget();
        board.moved(moved.to(), moved.reason(), moved.detail(), observer);
      }
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
    everHeld = true;
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
    boolean moved = attachment != null && attachment.link().index() != found.link().index();
    if (moved) {
      lose(FaultCause.NO_INTERFACE, "the interface was replaced", true, nowNanos);
    }
    InetAddress before = attachment == null ? null : attachment.source();
    detach();
    try {
      attachment = Attachment.open(network, found, settings, observer);
      reopenNanos = Long.MAX_VALUE;
    } catch (OperatingException e) {
      reopenNanos = nowNanos + REOPEN_NANOS;
      step(
          new Event.InterfaceLost(FaultCause.SOCKETS, String.valueOf(e.getMessage()), false),
          nowNanos);
      return;
    }
    if (!attachment.source().equals(before)) {
      step(new Event.InterfaceReady(attachment.source()), nowNanos);
    }
  }

  private void lose(FaultCause cause, String detail, boolean vanished, long nowNanos) {
    boolean known =
        router.state() instanceof Fault fault
            && fault.cause() == cause
            && fault.detail().equals(detail);
    if (!known) {
      step(new Event.InterfaceLost(cause, detail, vanished), nowNanos);
    }
    detach();
  }

  private void detach() {
    if (attachment != null) {
      attachment.close();
      attachment = null;
    }
  }

  /** New settings for the same virtual router. */
  void reconfigure(RouterSettings next, long nowNanos) {
    settings = next;
    step(new Event.Reconfigured(next.router()), nowNanos);
  }

  /** Another virtual router in place of the one that has stopped. */
  void restart(RouterSettings next, long nowNanos) {
    detach();
    peers.forget();
    settings = next;
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

  /** Whether this process has put addresses on an interface, so that those found are its own. */
  boolean everHeld() {
    return everHeld;
  }

  long nextDeadlineNanos() {
    return Math.min(router.nextDeadlineNanos(), reopenNanos);
  }

  long reopenNanos() {
    return reopenNanos;
  }

  int effectivePriority() {
    return router.effectivePriority().value();
  }

  /** The Active as far as known: ourselves, or whose adverts are fresh. */
  @Nullable InetAddress activeSource(long nowNanos) {
    if (router.state() instanceof Active && attachment != null) {
      return attachment.source();
    }
    return peers.advertising(nowNanos, 4 * settings.router().interval().nanos());
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
