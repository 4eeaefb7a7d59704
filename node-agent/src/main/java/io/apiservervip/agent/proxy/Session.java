package io.apiservervip.agent.proxy;

import static io.apiservervip.agent.proxy.Attempts.bit;
import static io.apiservervip.agent.proxy.Attempts.first;
import static io.apiservervip.agent.proxy.Attempts.in;
import static io.apiservervip.agent.proxy.Attempts.last;

/**
 * One client's connection from accept to the first byte of an answer: which servers are dialled,
 * which one gets the client. After {@link SessionActions#relay} or {@link SessionActions#finish} it
 * is over and does nothing any more.
 *
 * <pre>
 *             client's first byte     connected             answered
 *  SILENT ───────────────────────► REACHING ────► (waiting) ────────► OVER: relay
 *     │         no place │ ▲            │ all failed
 *     │                  ▼ │ place      ▼
 *     └──── timeout ── QUEUED ──────► OVER: finish
 * </pre>
 *
 * <p>Where servers may speak first it starts as REACHING and is over with the first connection.
 * Owned by one event loop. SessionActions may call back at once: each is the last thing that an
 * event does, or leaves the state in order. At most {@value #Attempts.MAX} servers are dialled.
 */
final class Session {
  /** Most connects for one client at a time. */
  static final int MAX_PARALLEL = 3;

  /** After all servers failed, before they are tried once more. */
  static final long SECOND_PASS_NANOS = 200_000_000L;

  private static final long NEVER = Long.MAX_VALUE;

  private enum State {
    SILENT,
    REACHING,
    QUEUED,
    OVER
  }

  private final SessionRules rules;
  private final ServerChooser chooser;
  private final ReplayBudget budget;
  private final SessionActions actions;

  private State state = State.SILENT;
  private FirstFlight.Kind flight = FirstFlight.Kind.INCOMPLETE;
  private boolean secondPass;

  /** The budget granted a replay. */
  private boolean granted;

  private final Attempts attempts = new Attempts();

  /** Bits of servers that were dialled in this pass, but for those who lost a race. */
  private long tried;

  /** The client must have said something, or all of its first flight, by then. */
  private long firstByteNanos = NEVER;

  private long hedgeNanos = NEVER;
  private long responseNanos = NEVER;
  private long queueNanos = NEVER;
  private long secondPassNanos = NEVER;

  Session(SessionRules rules, ServerChooser chooser, ReplayBudget budget, SessionActions actions) {
    this.rules = rules;
    this.chooser = chooser;
    this.budget = budget;
    this.actions = actions;
  }

  /** The client's connection was accepted. */
  void accepted(long nowNanos) {
    if (state != State.SILENT) {
      return;
    }
    if (!rules.replays()) {
      flight = FirstFlight.Kind.NOT_REPLAYABLE;
    }
    if (rules.clientSpeaksFirst()) {
      firstByteNanos = after(nowNanos, rules.firstByteNanos());
    } else {
      state = State.REACHING;
      next(nowNanos);
    }
  }

  /** The client sent something; what its kept bytes are is said by {@code firstFlight}. */
  void clientBytes(long nowNanos) {
    if (state == State.SILENT) {
      state = State.REACHING;
      boolean mayGrow = flight == FirstFlight.Kind.INCOMPLETE;
      firstByteNanos = mayGrow ? after(nowNanos, rules.firstByteNanos()) : NEVER;
      next(nowNanos);
    }
  }

  /** What the bytes kept so far are. */
  void firstFlight(FirstFlight.Kind kind, long nowNanos) {
    if (state == State.OVER || flight == FirstFlight.Kind.NOT_REPLAYABLE) {
      return;
    }
    clientBytes(nowNanos);
    if (state == State.OVER || kind == FirstFlight.Kind.INCOMPLETE || kind == flight) {
      return;
    }
    flight = kind;
    firstByteNanos = NEVER;
    if (attempts.connected() != 0) {
      use(last(attempts.connected()), nowNanos);
    }
  }

  /** The client will send nothing more ({@code reset} false), or has gone. */
  void clientEnded(boolean reset, long nowNanos) {
    if (reset) {
      end(SessionEnd.CLIENT_RESET, true);
    } else if (state == State.SILENT) {
      end(SessionEnd.COMPLETED, false);
    } else if (flight == FirstFlight.Kind.INCOMPLETE) {
      firstFlight(FirstFlight.Kind.NOT_REPLAYABLE, nowNanos);
    }
  }

  /** The connection of this attempt is established. */
  void connected(int attempt, long nowNanos) {
    if (!in(attempts.dialling(), attempt)) {
      return;
    }
    attempts.connect(attempt);
    hedgeNanos = NEVER;
    // Who lost the race may yet be needed: for a first flight that the winner leaves unanswered.
    tried &= ~attempts.servers(attempts.dialling());
    abandon(attempts.dialling());
    use(attempt, nowNanos);
  }

  /** The connection of this attempt was not established. */
  void connectFailed(int attempt, ConnectFailure reason, long nowNanos) {
    if (in(attempts.dialling(), attempt)) {
      attempts.end(bit(attempt));
      next(nowNanos);
    }
  }

  /** The first byte came from this attempt's server. */
  void serverAnswered(int attempt, long nowNanos) {
    if (in(attempts.connected(), attempt)) {
      relay(attempt);
    }
  }

  /** This attempt's server closed the connection before it had said anything. */
  void serverEnded(int attempt, boolean reset, long nowNanos) {
    if (!in(attempts.connected(), attempt)) {
      return;
    }
    attempts.end(bit(attempt));
    if (!in(attempts.sent(), attempt)) {
      next(nowNanos);
      return;
    }
    if (attempt == last(attempts.sent())) {
      responseNanos = NEVER;
    }
    leftUnanswered(attempt);
    if (attempts.live() == 0 && !replay(nowNanos)) {
      end(SessionEnd.BACKEND_RESET, reset);
    }
  }

  /** The checks say that this server is down: what waits for it waits no longer. */
  void serverDown(int server, long nowNanos) {
    long bit = 1L << server;
    if ((attempts.servers(attempts.dialling()) & bit) != 0) {
      hedgeNanos = nowNanos;
    }
    int awaited = attempts.sent() == 0 ? 0 : bit(last(attempts.sent())) & attempts.connected();
    if ((attempts.servers(awaited) & bit) != 0) {
      responseNanos = nowNanos;
    }
    deadline(nowNanos);
  }

  /** There may be a place at a server. */
  void placeFree(long nowNanos) {
    if (state == State.QUEUED) {
      state = State.REACHING;
      next(nowNanos);
    }
  }

  /** Ends it before a server answered, for a reason from outside. */
  void end(SessionEnd reason, boolean reset) {
    if (state == State.OVER) {
      return;
    }
    close();
    abandon(attempts.live());
    actions.finish(reason, reset);
  }

  /** Does what is due. */
  void deadline(long nowNanos) {
    if (state == State.SILENT && firstByteNanos <= nowNanos) {
      end(SessionEnd.FIRST_BYTE_TIMEOUT, true);
    }
    if (state == State.QUEUED && queueNanos <= nowNanos) {
      end(SessionEnd.QUEUE_TIMEOUT, true);
    }
    if (firstByteNanos <= nowNanos) {
      firstFlight(FirstFlight.Kind.NOT_REPLAYABLE, nowNanos);
    }
    connectTimeouts(nowNanos);
    if (hedgeNanos <= nowNanos) {
      hedge(nowNanos);
    }
    if (responseNanos <= nowNanos) {
      responseNanos = NEVER;
      leftUnanswered(last(attempts.sent()));
      boolean _ = replay(nowNanos);
    }
    if (secondPassNanos <= nowNanos) {
      secondPassNanos = NEVER;
      next(nowNanos);
    }
  }

  /**
   * When {@code deadline} is to be called.
   *
   * @return {@code Long.MAX_VALUE} for never
   */
  long nextDeadlineNanos() {
    long next = Math.min(Math.min(firstByteNanos, hedgeNanos), responseNanos);
    if (state == State.QUEUED) {
      next = Math.min(next, queueNanos);
    }
    if (attempts.dialling() != 0) {
      next = Math.min(next, connectDeadlineNanos(first(attempts.dialling())));
    }
    return Math.min(next, secondPassNanos);
  }

  /** It was relayed or finished. */
  boolean isOver() {
    return state == State.OVER;
  }

  /** The next server, after one failed or to begin with. */
  private void next(long nowNanos) {
    if (attempts.dialling() == 0) {
      hedgeNanos = NEVER;
    }
    int server = choose(nowNanos);
    if (server >= 0) {
      dial(server, nowNanos);
    } else if (attempts.live() == 0) {
      if (server == Balancer.ALL_FULL) {
        queue(nowNanos);
      } else {
        exhausted(nowNanos);
      }
    }
  }

  private int choose(long nowNanos) {
    return attempts.count() < Attempts.MAX ? chooser.choose(tried, nowNanos) : Balancer.NOBODY;
  }

  private void dial(int server, long nowNanos) {
    int attempt = attempts.add(server, nowNanos);
    tried |= 1L << server;
    boolean more = Integer.bitCount(attempts.dialling()) < MAX_PARALLEL;
    hedgeNanos = more ? after(nowNanos, rules.hedgeNanos()) : NEVER;
    actions.dial(attempt, server);
  }

  private void queue(long nowNanos) {
    state = State.QUEUED;
    if (queueNanos == NEVER) {
      queueNanos = after(nowNanos, rules.queueNanos());
    }
    actions.enqueue();
  }

  /** Everyone failed: all but who got the first flight are tried once more, if there is time. */
  private void exhausted(long nowNanos) {
    boolean more = !secondPass && attempts.count() > 0 && attempts.count() < Attempts.MAX;
    if (!more || nowNanos + SECOND_PASS_NANOS >= connectDeadlineNanos(0)) {
      end(SessionEnd.NO_BACKEND, true);
      return;
    }
    secondPass = true;
    secondPassNanos = nowNanos + SECOND_PASS_NANOS;
    tried = attempts.servers(attempts.sent());
  }

  private void hedge(long nowNanos) {
    hedgeNanos = NEVER;
    int dialling = attempts.dialling();
    if (dialling == 0 || Integer.bitCount(dialling) >= MAX_PARALLEL) {
      return;
    }
    int server = choose(nowNanos);
    if (server >= 0) {
      actions.hedged(last(dialling));
      dial(server, nowNanos);
    } else if (server == Balancer.ALL_FULL) {
      hedgeNanos = after(nowNanos, rules.hedgeNanos());
    }
  }

  /** Goes to another server with the first flight; false: that is not allowed, or not possible. */
  private boolean replay(long nowNanos) {
    boolean again = Integer.bitCount(attempts.sent()) > 1 || attempts.dialling() != 0;
    if (again || !(granted || budget.take(nowNanos))) {
      return false;
    }
    int server = choose(nowNanos);
    boolean waits = server == Balancer.ALL_FULL && attempts.live() == 0;
    if (server < 0 && !waits) {
      if (!granted) {
        budget.giveBack(nowNanos);
      }
      return false;
    }
    granted = true;
    if (waits) {
      queue(nowNanos);
    } else {
      dial(server, nowNanos);
    }
    return true;
  }

  private void connectTimeouts(long nowNanos) {
    for (int attempt = 0; attempt < attempts.count(); attempt++) {
      if (in(attempts.dialling(), attempt) && connectDeadlineNanos(attempt) <= nowNanos) {
        attempts.end(bit(attempt));
        actions.abandon(attempt, ConnectFailure.TIMED_OUT);
        next(nowNanos);
      }
    }
  }

  /** Does with an established connection what the client's bytes allow. */
  private void use(int attempt, long nowNanos) {
    switch (flight) {
      case INCOMPLETE -> {}
      case NOT_REPLAYABLE -> relay(attempt);
      case COMPLETE -> {
        if (attempts.sent() != 0) {
          actions.replayed(last(attempts.sent()));
        }
        attempts.send(attempt);
        responseNanos = after(nowNanos, rules.firstResponseNanos());
        actions.sendFirstFlight(attempt);
      }
    }
  }

  private void relay(int attempt) {
    close();
    abandon(attempts.live() & ~bit(attempt));
    attempts.end(bit(attempt));
    actions.relay(attempt);
  }

  private void leftUnanswered(int attempt) {
    if (attempts.leaveUnanswered(attempt)) {
      actions.unanswered(attempt);
    }
  }

  private void abandon(int losers) {
    attempts.end(losers);
    for (int rest = losers; rest != 0; rest &= rest - 1) {
      actions.abandon(first(rest), ConnectFailure.LOST_RACE);
    }
  }

  private void close() {
    state = State.OVER;
    firstByteNanos = NEVER;
    hedgeNanos = NEVER;
    responseNanos = NEVER;
    secondPassNanos = NEVER;
  }

  private long connectDeadlineNanos(int attempt) {
    return after(attempts.dialledNanos(attempt), rules.connectNanos());
  }

  private static long after(long nowNanos, long nanos) {
    return nanos == 0 ? NEVER : nowNanos + nanos;
  }
}
