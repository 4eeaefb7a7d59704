package io.apiservervip.agent.proxy;

/**
 * One client's connection from accept to the first byte of an answer: which servers are dialled,
 * which one gets the client. After {@link Actions#relay} or {@link Actions#finish} it is over and
 * does nothing any more.
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
 * Owned by one event loop. Actions may call back at once: each is the last thing that an event
 * does, or leaves the state in order. At most {@value #MAX_ATTEMPTS} servers are dialled.
 */
final class Session {
  /** Most connects for one client. */
  static final int MAX_ATTEMPTS = 8;

  /** Most connects for one client at a time. */
  static final int MAX_PARALLEL = 3;

  /** After all servers failed, before they are tried once more. */
  static final long SECOND_PASS_NANOS = 200_000_000L;

  private static final long NEVER = Long.MAX_VALUE;

  /** Port: what the machine wants done. */
  interface Actions {
    /** Connect to a server; the answer is {@code connected} or {@code connectFailed}. */
    void dial(int attempt, int server);

    /** Close the connection of this attempt, established or not; nothing more of it is expected. */
    void abandon(int attempt, ConnectFailure reason);

    /** Send the kept bytes to this attempt's server, and go on keeping them. */
    void sendFirstFlight(int attempt);

    /**
     * The client belongs to this attempt's server: kept bytes that were not sent to it go first,
     * then they are released, and bytes flow both ways.
     */
    void relay(int attempt);

    /** Wait for a place at a server; the answer is {@code placeFree}. */
    void enqueue();

    /** Close the client's connection. Every attempt was abandoned before. */
    void finish(SessionEnd reason, boolean reset);

    /** This attempt's server did not answer the SYN in time; another one is dialled beside it. */
    default void hedged(int attempt) {}

    /** This attempt's server left the first flight unanswered: in time, or it ended before. */
    default void unanswered(int attempt) {}

    /** This attempt's server left the first flight unanswered; it goes to another one. */
    default void replayed(int attempt) {}
  }

  /** Port: names the next server. What it names is dialled. */
  @FunctionalInterface
  interface Chooser {
    /**
     * The next server.
     *
     * @param tried bits of the servers that are not to be named
     * @return an index, {@link Balancer#NOBODY} or {@link Balancer#ALL_FULL}
     */
    int choose(long tried, long nowNanos);
  }

  private enum State {
    SILENT,
    REACHING,
    QUEUED,
    OVER
  }

  private final SessionRules rules;
  private final Chooser chooser;
  private final ReplayBudget budget;
  private final Actions actions;

  private State state = State.SILENT;
  private FirstFlight.Kind flight = FirstFlight.Kind.INCOMPLETE;
  private boolean secondPass;

  /** The budget granted a replay. */
  private boolean granted;

  private int attempts;

  /** Bits of attempts: being connected; connected; got the first flight; left it unanswered. */
  private int dialling;

  private int connected;
  private int sent;
  private int unanswered;

  /** Bits of servers that were dialled in this pass. */
  private long tried;

  private final byte[] servers = new byte[MAX_ATTEMPTS];
  private final long[] dialledNanos = new long[MAX_ATTEMPTS];

  /** The client must have said something, or all of its first flight, by then. */
  private long firstByteNanos = NEVER;

  private long hedgeNanos = NEVER;
  private long responseNanos = NEVER;
  private long queueNanos = NEVER;
  private long secondPassNanos = NEVER;

  Session(SessionRules rules, Chooser chooser, ReplayBudget budget, Actions actions) {
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
    if (state == State.OVER || kind == FirstFlight.Kind.INCOMPLETE) {
      return;
    }
    flight = kind;
    firstByteNanos = NEVER;
    if (connected != 0) {
      use(last(connected), nowNanos);
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
    if (!in(dialling, attempt)) {
      return;
    }
    int losers = dialling & ~bit(attempt);
    dialling = 0;
    connected |= bit(attempt);
    hedgeNanos = NEVER;
    abandon(losers);
    use(attempt, nowNanos);
  }

  /** The connection of this attempt was not established. */
  void connectFailed(int attempt, ConnectFailure reason, long nowNanos) {
    if (in(dialling, attempt)) {
      dialling &= ~bit(attempt);
      next(nowNanos);
    }
  }

  /** The first byte came from this attempt's server. */
  void serverAnswered(int attempt, long nowNanos) {
    if (in(connected, attempt)) {
      relay(attempt);
    }
  }

  /** This attempt's server closed the connection before it had said anything. */
  void serverEnded(int attempt, boolean reset, long nowNanos) {
    if (!in(connected, attempt)) {
      return;
    }
    connected &= ~bit(attempt);
    if (!in(sent, attempt)) {
      next(nowNanos);
      return;
    }
    if (attempt == last(sent)) {
      responseNanos = NEVER;
    }
    leftUnanswered(attempt);
    if ((connected | dialling) == 0 && !replay(nowNanos)) {
      end(reset ? SessionEnd.BACKEND_RESET : SessionEnd.COMPLETED, reset);
    }
  }

  /** The checks say that this server is down: what waits for it waits no longer. */
  void serverDown(int server, long nowNanos) {
    for (int attempt = 0; attempt < attempts; attempt++) {
      if (servers[attempt] == server && in(dialling, attempt)) {
        hedgeNanos = nowNanos;
      }
      if (servers[attempt] == server && in(connected & sent, attempt) && attempt == last(sent)) {
        responseNanos = nowNanos;
      }
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
    int losers = dialling | connected;
    close();
    abandon(losers);
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
      leftUnanswered(last(sent));
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
    if (dialling != 0) {
      int oldest = Integer.numberOfTrailingZeros(dialling);
      next = Math.min(next, after(dialledNanos[oldest], rules.connectNanos()));
    }
    return Math.min(next, secondPassNanos);
  }

  /** It was relayed or finished. */
  boolean isOver() {
    return state == State.OVER;
  }

  private void next(long nowNanos) {
    int server = attempts < MAX_ATTEMPTS ? chooser.choose(tried, nowNanos) : Balancer.NOBODY;
    if (server >= 0) {
      dial(server, nowNanos);
    } else if ((dialling | connected) == 0) {
      if (server == Balancer.ALL_FULL) {
        queue(nowNanos);
      } else {
        exhausted(nowNanos);
      }
    }
  }

  private void dial(int server, long nowNanos) {
    int attempt = attempts++;
    servers[attempt] = (byte) server;
    dialledNanos[attempt] = nowNanos;
    dialling |= bit(attempt);
    tried |= 1L << server;
    boolean more = Integer.bitCount(dialling) < MAX_PARALLEL;
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

  /**
   * Everyone failed: all but who got the first flight are tried once more, unless it is too late.
   */
  private void exhausted(long nowNanos) {
    long latest = attempts == 0 ? nowNanos : after(dialledNanos[0], rules.connectNanos());
    if (secondPass || attempts == MAX_ATTEMPTS || nowNanos + SECOND_PASS_NANOS >= latest) {
      end(SessionEnd.NO_BACKEND, true);
      return;
    }
    secondPass = true;
    secondPassNanos = nowNanos + SECOND_PASS_NANOS;
    tried = 0;
    for (int rest = sent; rest != 0; rest &= rest - 1) {
      tried |= 1L << servers[Integer.numberOfTrailingZeros(rest)];
    }
  }

  private void hedge(long nowNanos) {
    hedgeNanos = NEVER;
    if (Integer.bitCount(dialling) >= MAX_PARALLEL || attempts == MAX_ATTEMPTS) {
      return;
    }
    int server = chooser.choose(tried, nowNanos);
    if (server >= 0) {
      actions.hedged(last(dialling));
      dial(server, nowNanos);
    } else if (server == Balancer.ALL_FULL) {
      hedgeNanos = after(nowNanos, rules.hedgeNanos());
    }
  }

  /** Dials another server for the first flight, where that is allowed. */
  private boolean replay(long nowNanos) {
    if (Integer.bitCount(sent) > 1 || dialling != 0 || attempts == MAX_ATTEMPTS) {
      return false;
    }
    boolean asked = !granted;
    if (asked && !budget.take(nowNanos)) {
      return false;
    }
    int server = chooser.choose(tried, nowNanos);
    if (server < 0) {
      if (asked) {
        budget.giveBack(nowNanos);
      }
      return false;
    }
    granted = true;
    dial(server, nowNanos);
    return true;
  }

  private void connectTimeouts(long nowNanos) {
    for (int attempt = 0; attempt < attempts; attempt++) {
      if (in(dialling, attempt) && after(dialledNanos[attempt], rules.connectNanos()) <= nowNanos) {
        dialling &= ~bit(attempt);
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
        if (sent != 0) {
          actions.replayed(last(sent));
        }
        sent |= bit(attempt);
        responseNanos = after(nowNanos, rules.firstResponseNanos());
        actions.sendFirstFlight(attempt);
      }
    }
  }

  private void relay(int attempt) {
    int losers = (dialling | connected) & ~bit(attempt);
    close();
    abandon(losers);
    actions.relay(attempt);
  }

  private void leftUnanswered(int attempt) {
    if (!in(unanswered, attempt)) {
      unanswered |= bit(attempt);
      actions.unanswered(attempt);
    }
  }

  private void abandon(int losers) {
    for (int rest = losers; rest != 0; rest &= rest - 1) {
      actions.abandon(Integer.numberOfTrailingZeros(rest), ConnectFailure.LOST_RACE);
    }
  }

  private void close() {
    state = State.OVER;
    dialling = 0;
    connected = 0;
    firstByteNanos = NEVER;
    hedgeNanos = NEVER;
    responseNanos = NEVER;
    secondPassNanos = NEVER;
  }

  private static int bit(int attempt) {
    return 1 << attempt;
  }

  private static boolean in(int attempts, int attempt) {
    return (attempts & bit(attempt)) != 0;
  }

  private static int last(int attempts) {
    return 31 - Integer.numberOfLeadingZeros(attempts);
  }

  private static long after(long nowNanos, long nanos) {
    return nanos == 0 ? NEVER : nowNanos + nanos;
  }
}
