package io.apiservervip.agent.health;

import io.apiservervip.agentapi.HealthCheckConfig;
import io.apiservervip.api.v1alpha1.BackendState;
import io.apiservervip.api.v1alpha1.CheckType;
import org.jspecify.annotations.Nullable;

/**
 * What a row of checks and connections makes of one backend.
 *
 * <pre>
 *   unchecked (Down) -- good --> Up            NotReady: the first answer that is not 2xx, 401, 403,
 *        |  \-- not ready --> NotReady                   from every state
 *        \-- failed --> Down                   Down:     fall failures in a row
 *                                              Up:       rise good checks in a row
 * </pre>
 *
 * <p>There are two rows of failures. Failed checks and failed connects share one: a check that was
 * answered ends it, a connect that succeeded takes the failed connects from it, and no more: a
 * frozen server goes on accepting, so that must not excuse its failed checks. First flights that
 * were left unanswered have their own: where checks do no more than connect, they stay green at a
 * frozen server, so that only an answered flight ends it. A server that answered a real question
 * within {@code interval} may be no more than busy: it is {@linkplain #suspect suspected}, and a
 * check on a new connection decides. Without this an overload takes server after server down.
 *
 * <p>Owned by one thread; reads no clock.
 */
public final class HealthState {
  private HealthCheckConfig config;
  private BackendState state = BackendState.DOWN;
  private boolean checked;
  private long sinceNanos;
  private @Nullable String lastError;

  private int goodChecks;
  private int failedChecks;
  private int failedConnects;
  private int unanswered;
  private boolean suspect;
  private long suspectNanos;
  private long answeredCheckNanos;
  private long connectFailedNanos;
  private long unansweredNanos;

  /** Down, until the first check says more. */
  public HealthState(HealthCheckConfig config, long nowNanos) {
    this.config = config;
    this.sinceNanos = nowNanos;
    this.answeredCheckNanos = longAgo(nowNanos);
    this.connectFailedNanos = nowNanos;
    this.unansweredNanos = nowNanos;
  }

  /** A time that lies before everything, also where the clock wraps round. */
  static long longAgo(long nowNanos) {
    return nowNanos - (Long.MAX_VALUE >> 1);
  }

  /** Up, NotReady or Down. */
  public BackendState state() {
    return state;
  }

  /** Whether a check has told anything yet. */
  public boolean checked() {
    return checked;
  }

  /** Since when it has been in this state. */
  public long sinceNanos() {
    return sinceNanos;
  }

  /** Why it is not well, a phrase; null while the last check was good. */
  public @Nullable String lastError() {
    return lastError;
  }

  /** Counts by other rules from now on; the state stays, the rows begin anew. */
  public void reconfigure(HealthCheckConfig next) {
    if (!next.equals(config)) {
      config = next;
      clearRows();
    }
  }

  /**
   * How long after the beginning of one check the next one is due.
   *
   * @param random in 0..1; the distance varies with it by 10 % each way, so that agents do not
   *     check in step
   */
  public long nextCheckNanos(double random) {
    boolean up = state == BackendState.UP;
    long base = (up ? config.interval() : config.downInterval()).toNanos();
    return (long) (base * (0.9 + 0.2 * random));
  }

  /**
   * Whether a check on a new connection is due at once: clients were left unanswered, while the
   * last check was answered.
   */
  public boolean suspect() {
    return suspect;
  }

  /** A check that began at {@code begunNanos} ended. */
  public void checked(CheckResult result, long begunNanos, long nowNanos) {
    switch (result) {
      case CheckResult.Good _ -> {
        acquit(begunNanos);
        good(nowNanos);
      }
      case CheckResult.NotReady(String why) -> {
        acquit(begunNanos);
        notReady(why, nowNanos);
      }
      case CheckResult.Failed(String why) -> failed(why, nowNanos);
      case CheckResult.NotAsked(String why) -> lastError = why;
    }
    checked |= !(result instanceof CheckResult.NotAsked);
  }

  private void acquit(long begunNanos) {
    if (suspect && begunNanos - suspectNanos >= 0) {
      suspect = false;
      unanswered = 0;
    }
  }

  private void good(long nowNanos) {
    answered(nowNanos);
    lastError = null;
    goodChecks++;
    if (state != BackendState.UP && (!checked || goodChecks >= config.rise())) {
      become(BackendState.UP, nowNanos);
    }
  }

  private void notReady(String why, long nowNanos) {
    answered(nowNanos);
    lastError = why;
    goodChecks = 0;
    if (state != BackendState.NOT_READY) {
      become(BackendState.NOT_READY, nowNanos);
    }
  }

  private void failed(String why, long nowNanos) {
    lastError = why;
    goodChecks = 0;
    failedChecks++;
    if (suspect) {
      becomeUnanswering(nowNanos);
    } else {
      judge(nowNanos);
    }
  }

  private void answered(long nowNanos) {
    answeredCheckNanos = nowNanos;
    failedChecks = 0;
    failedConnects = 0;
  }

  /** Counts what connections told, where {@code passive} allows it. They never bring it up. */
  public void saw(TrafficSample sample, long nowNanos) {
    if (!config.passive()) {
      return;
    }
    if (sample.connectedNanos() - connectFailedNanos > 0) {
      failedConnects = 0;
    }
    int failures = sample.failedConnects() + (silent(sample, nowNanos) ? sample.lostRaces() : 0);
    if (failures > 0) {
      failedConnects += failures;
      connectFailedNanos = nowNanos;
      goodChecks = 0;
    }
    if (sample.answeredNanos() - unansweredNanos > 0) {
      unanswered = 0;
      suspect = false;
    }
    if (sample.unanswered() > 0) {
      unanswered += sample.unanswered();
      unansweredNanos = nowNanos;
      goodChecks = 0;
    }
    judge(nowNanos);
  }

  /** Whether nothing to that server succeeded within {@code interval}. */
  private boolean silent(TrafficSample sample, long nowNanos) {
    long interval = config.interval().toNanos();
    return nowNanos - answeredCheckNanos > interval
        && nowNanos - sample.connectedNanos() > interval
        && nowNanos - sample.answeredNanos() > interval;
  }

  private void judge(long nowNanos) {
    int fall = config.fall();
    if (state == BackendState.DOWN) {
      return;
    }
    if (unanswered >= fall && (suspect || answersChecks(nowNanos))) {
      suspectNanos = suspect ? suspectNanos : nowNanos;
      suspect = true;
    } else if (unanswered >= fall) {
      becomeUnanswering(nowNanos);
    } else if (failedChecks + failedConnects >= fall) {
      if (failedConnects > 0) {
        lastError = failedConnects + " connects failed";
      }
      become(BackendState.DOWN, nowNanos);
    }
  }

  /** Whether it was asked for more than a connection, and answered within {@code interval}. */
  private boolean answersChecks(long nowNanos) {
    return config.probe().type() != CheckType.TCP
        && nowNanos - answeredCheckNanos <= config.interval().toNanos();
  }

  private void becomeUnanswering(long nowNanos) {
    lastError = unanswered + " first flights in a row left unanswered";
    become(BackendState.DOWN, nowNanos);
  }

  private void become(BackendState next, long nowNanos) {
    state = next;
    sinceNanos = nowNanos;
    clearRows();
  }

  private void clearRows() {
    goodChecks = 0;
    failedChecks = 0;
    failedConnects = 0;
    unanswered = 0;
    suspect = false;
  }
}
