package io.apiservervip.agent.vrrp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every state shares: settings, health, the time of the running step and the list of actions.
 * Owned by its {@link VirtualRouter}, and so by the loop thread.
 */
public final class Step {
  private static final int INITIAL_ACTIONS = 8;
  private static final long RELIEF_NANOS = 10_000_000_000L;

  private final List<Action> actions = new ArrayList<>(INITIAL_ACTIONS);
  private VirtualRouterConfig config;
  private @Nullable InetAddress source;
  private boolean interfaceReady;
  private boolean listened;
  private int weight;
  private boolean canServe = true;
  private long nowNanos;
  private long healthySinceNanos;
  private long noTakeOverBeforeNanos = Long.MIN_VALUE;
  private long deferUntilNanos = Long.MIN_VALUE;
  private long unheardHoldNanos;
  private long unheardNanos = Long.MIN_VALUE / 2;
  private Priority priorityBefore;
  private VirtualRouterConfig configBefore;
  private TransitionReason reason = TransitionReason.STARTED;
  private String detail = "";

  Step(VirtualRouterConfig config, long nowNanos) {
    this.config = config;
    this.configBefore = config;
    this.priorityBefore = config.standing().priority();
    this.healthySinceNanos = nowNanos;
    this.nowNanos = nowNanos;
  }

  /** Takes in what an event says about everybody's surroundings, before the state sees it. */
  void prepare(Event event, long now) {
    actions.clear();
    nowNanos = now;
    priorityBefore = priority();
    configBefore = config;
    switch (event) {
      case Event.InterfaceReady ready -> {
        source = ready.source();
        if (!interfaceReady) {
          healthySinceNanos = now;
        }
        interfaceReady = true;
      }
      case Event.InterfaceLost lost -> {
        interfaceReady = false;
        listened &= !lost.vanished();
      }
      case Event.HealthChanged health -> {
        boolean well = health.weight() == 0 && health.canServe();
        if (well && (weight != 0 || !canServe)) {
          healthySinceNanos = now;
        }
        weight = health.weight();
        canServe = health.canServe();
      }
      case Event.Reconfigured changed -> config = changed.config();
      case Event.TimePassed _,
          Event.AdvertReceived _,
          Event.ForeignHeard _,
          Event.AddressEvent _,
          Event.SendEvent _,
          Event.HandOverRequested _,
          Event.ShutdownRequested _ -> {}
    }
  }

  List<Action> actions() {
    return actions;
  }

  TransitionReason reason() {
    return reason;
  }

  String detail() {
    return detail;
  }

  void because(TransitionReason why, String text) {
    reason = why;
    detail = text;
  }

  long nowNanos() {
    return nowNanos;
  }

  boolean interfaceReady() {
    return interfaceReady;
  }

  boolean canServe() {
    return canServe;
  }

  VirtualRouterConfig config() {
    return config;
  }

  /** Effective priority: configured, lowered by health. */
  Priority priority() {
    return config.standing().priority().weighted(weight);
  }

  Priority priorityBefore() {
    return priorityBefore;
  }

  long intervalNanos() {
    return config.interval().nanos();
  }

  long noTakeOverBeforeNanos() {
    return noTakeOverBeforeNanos;
  }

  /** A lower Active is left alone until then, although preempt is set. */
  void deferUntil(long nanos) {
    deferUntilNanos = Math.max(deferUntilNanos, nanos);
  }

  /**
   * Leaves the address to an Active that does not hear us: for ten intervals, twice as long each
   * time that it happens again, at most 600.
   */
  void deferToUnhearing() {
    long most = 600 * intervalNanos();
    boolean again = nowNanos - unheardNanos < 4 * most;
    unheardHoldNanos = again ? Math.min(2 * unheardHoldNanos, most) : 10 * intervalNanos();
    unheardNanos = nowNanos;
    deferUntil(nowNanos + unheardHoldNanos);
  }

  boolean mayPreempt() {
    return switch (config.standing()) {
      case Standing.Owner _ -> nowNanos >= deferUntilNanos;
      case Standing.Contender contender ->
          switch (contender.preemption()) {
            case Preemption.Never _ -> false;
            case Preemption.After after ->
                nowNanos >= deferUntilNanos && nowNanos >= healthySinceNanos + after.delayNanos();
          };
    };
  }

  /**
   * Whether to take the address from an Active that is ill, although nobody preempts: its offer
   * stands, and this router, too ill to take it then, has been entirely well for ten seconds. So
   * long, because whatever made several ill ends for all of them within seconds.
   */
  boolean mayRelieve(Heard active) {
    return active.offer() == Heard.Offer.STANDING
        && betterOffThan(active)
        && weight == 0
        && canServe
        && nowNanos >= healthySinceNanos + RELIEF_NANOS
        && nowNanos >= deferUntilNanos;
  }

  /** Whether this advert's sender wins against us when both are Active (RFC 9568 §6.4.3). */
  boolean outranks(Event.AdvertReceived advert) {
    int byPriority = advert.priority().compareTo(priority());
    if (byPriority != 0 || source == null) {
      return byPriority > 0;
    }
    return Arrays.compareUnsigned(advert.source().getAddress(), source.getAddress()) > 0;
  }

  Heard heard(Event.AdvertReceived advert, @Nullable Heard before) {
    Heard.Offer offer = before == null ? Heard.Offer.NONE : before.offerAfter(advert);
    long interval =
        switch (config.version()) {
          case V2 -> intervalNanos();
          case V3 -> advert.interval().nanos();
        };
    return new Heard(
        advert.source(),
        advert.priority(),
        best(advert, before),
        offer,
        interval,
        advert.receivedNanos());
  }

  private static Priority best(Event.AdvertReceived advert, @Nullable Heard before) {
    if (before == null || !before.source().equals(advert.source())) {
      return advert.priority();
    }
    return before.best().compareTo(advert.priority()) > 0 ? before.best() : advert.priority();
  }

  /**
   * Whether this router is better off than the Active that offers the address: it would rank
   * higher, and not by its place alone. With all alike the address stays.
   */
  boolean betterOffThan(Heard active) {
    return priority().compareTo(active.priority()) > 0 && weight > active.weight();
  }

  boolean stillHeard(Heard active) {
    return nowNanos < active.heardNanos() + activeDownNanos(active);
  }

  long skewNanos(long activeIntervalNanos) {
    return Timing.skewNanos(config.version(), priority(), activeIntervalNanos);
  }

  long activeDownNanos(Heard active) {
    return Timing.activeDownNanos(config.version(), priority(), active.intervalNanos());
  }

  long activeDownNanos() {
    return Timing.activeDownNanos(config.version(), priority(), intervalNanos());
  }

  /**
   * How long an Active may have been silent, by the settings that were in force so far, before the
   * keenest Backup takes over.
   */
  long silenceLimitNanos() {
    return Timing.silenceLimitNanos(configBefore.version(), configBefore.interval().nanos());
  }

  /** How much later a running Active-down timer ends because priority or interval changed. */
  long activeDownShiftNanos(@Nullable Heard active) {
    long before =
        active == null || config.version() == Version.V2
            ? configBefore.interval().nanos()
            : active.intervalNanos();
    long now =
        active == null || config.version() == Version.V2 ? intervalNanos() : active.intervalNanos();
    return Timing.activeDownNanos(config.version(), priority(), now)
        - Timing.activeDownNanos(configBefore.version(), priorityBefore, before);
  }

  void send(Priority priority) {
    actions.add(new Action.SendAdvertisement(priority));
  }

  void install() {
    actions.add(new Action.InstallAddresses());
  }

  void remove() {
    actions.add(new Action.RemoveAddresses());
  }

  void announce() {
    actions.add(new Action.Announce());
  }

  /** Enters the election: by listening the first time, as Backup after that. */
  State begin(TransitionReason why, String text) {
    if (!canServe) {
      return cannotServe();
    }
    because(why, text);
    remove();
    return listened ? Backup.until(nowNanos + activeDownNanos(), null) : listen(null);
  }

  Listening listen(Listening.@Nullable Foreign sign) {
    long period = Timing.listenNanos(config.version(), intervalNanos());
    return new Listening(nowNanos + period, null, sign);
  }

  State endListening(@Nullable Heard active) {
    listened = true;
    if (noTakeOverBeforeNanos == Long.MIN_VALUE) {
      noTakeOverBeforeNanos = nowNanos + config.startupDelayNanos();
    }
    because(
        TransitionReason.LISTENED,
        active == null ? "no Active was heard" : describe(active) + " is Active");
    if (active == null) {
      boolean owner = config.standing() instanceof Standing.Owner;
      return owner && config.startupDelayNanos() == 0
          ? becomeActive(TransitionReason.LISTENED, null)
          : Backup.until(nowNanos + skewNanos(intervalNanos()), null);
    }
    boolean lower = active.priority().compareTo(priority()) < 0;
    return lower && mayPreempt()
        ? new Backup(
            nowNanos + skewNanos(active.intervalNanos()),
            active,
            TransitionReason.PREEMPTED,
            0,
            false)
        : Backup.until(active.heardNanos() + activeDownNanos(active), active);
  }

  State becomeActive(TransitionReason why, @Nullable Heard before) {
    because(
        why,
        switch (why) {
          case ACTIVE_RESIGNED -> describe(before) + " resigned";
          case PREEMPTED -> "priority is higher than that of " + describe(before);
          default -> before == null ? "no Active was heard" : describe(before) + " is silent";
        });
    send(priority());
    install();
    return new Active(this);
  }

  State fault(Event.InterfaceLost lost) {
    return fault(
        TransitionReason.INTERFACE_LOST, new Fault(lost.cause(), lost.detail(), Long.MAX_VALUE));
  }

  State cannotServe() {
    String text = "the proxy cannot serve";
    return fault(
        TransitionReason.CANNOT_SERVE, new Fault(FaultCause.CANNOT_SERVE, text, Long.MAX_VALUE));
  }

  /** Somebody else uses our VRID: silent until nothing of it was heard for three listenings. */
  Fault conflict(Rejection sign, InetAddress from, long heardNanos) {
    long quiet = heardNanos + 3 * Timing.listenNanos(config.version(), intervalNanos());
    String text = from.getHostAddress() + " sends adverts with this VRID: " + sign.tag();
    listened = false;
    return new Fault(FaultCause.VRID_CONFLICT, text, quiet);
  }

  State fault(TransitionReason why, Fault fault) {
    because(why, fault.detail());
    remove();
    return fault;
  }

  State stop() {
    because(TransitionReason.SHUTDOWN, "the agent stops");
    remove();
    return new Stopped();
  }

  /** An address that arrived after it was wanted is taken off again. */
  State removeStray(Event event, State same) {
    if (event instanceof Event.AddressesInstalled) {
      remove();
    }
    return same;
  }

  static String describe(@Nullable Heard active) {
    return active == null
        ? "any Active"
        : active.source().getHostAddress() + " (priority " + active.priority() + ")";
  }
}
