package io.apiservervip.agent.kube;

import io.apiservervip.agent.kube.Trial.Answer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which API server is used, and when to ask which ones: the decisions of {@link ApiConnection}.
 * Pure; one thread.
 *
 * <pre>
 *            none in use ──── a search finds one ───► in use ──┐ asked every 2 s
 *                 ▲                                     │ ▲    │
 *                 └──── two misses, or listed no more ──┘ └────┘
 * </pre>
 *
 * One that is in use and says that it is not ready, or that is a fallback, is kept until a search
 * finds a better one.
 */
final class ServerRotation {
  /** Between two questions, and between two searches. */
  static final long PERIOD_NANOS = 2_000_000_000L;

  /** From a first miss to the second question, and from one question to one out of suspicion. */
  static final long RETRY_NANOS = 500_000_000L;

  /** Between two searches for something better than a fallback. */
  static final long RETURN_NANOS = 30_000_000_000L;

  private static final int MISSES = 2;

  /** What to do next. */
  sealed interface Task {}

  /** Ask the one in use. */
  record Check(ApiServer server) implements Task {}

  /** Ask all of them. */
  record Search(List<ApiServer> servers) implements Task {}

  /** What follows from answers. */
  sealed interface Verdict {}

  /** All stays as it is. */
  record Stay() implements Verdict {}

  /** Use this one from now on, in place of another where there is one. */
  record Use(ApiServer server) implements Verdict {}

  /** Use none until a search finds one. */
  record Leave(ApiServer server, String reason) implements Verdict {}

  private ApiServers servers;
  private @Nullable ApiServer current;
  private Answer answer = Answer.SILENT;
  private int misses;
  private long askedNanos;
  private long dueNanos;
  private long returnNanos;

  ServerRotation(ApiServers servers, long nowNanos) {
    this.servers = servers;
    this.dueNanos = nowNanos;
    this.askedNanos = nowNanos - RETRY_NANOS;
  }

  /** When {@link #begin} is due. */
  long dueNanos() {
    return dueNanos;
  }

  /** What is to be done now; its answers go to {@link #checked} or {@link #found}. */
  Task begin(long nowNanos) {
    askedNanos = nowNanos;
    ApiServer used = current;
    return used == null || answer == Answer.NOT_READY || returning(used, nowNanos)
        ? new Search(servers.all())
        : new Check(used);
  }

  /** The one in use answered, or did not. */
  Verdict checked(Trial trial, long nowNanos) {
    ApiServer used = current;
    if (used == null) {
      return new Stay();
    }
    return switch (trial.answer()) {
      case READY -> stay(Answer.READY, nowNanos + PERIOD_NANOS - (nowNanos - askedNanos));
      case NOT_READY -> stay(Answer.NOT_READY, nowNanos);
      case SILENT -> missed(used, trial.text(), nowNanos);
    };
  }

  /** A search ended; servers without an entry did not answer. */
  Verdict found(Map<ApiServer, Trial> trials, long nowNanos) {
    dueNanos = Math.max(nowNanos, askedNanos + PERIOD_NANOS);
    returnNanos = nowNanos + RETURN_NANOS;
    ApiServer best = best(trials);
    ApiServer used = current;
    if (best != null && (used == null || rank(best, trials) < rank(used, trials))) {
      current = best;
      return use(best, trials);
    }
    if (used == null) {
      return new Stay();
    }
    Answer heard = answer(used, trials);
    if (heard == Answer.SILENT) {
      return missed(used, text(used, trials), nowNanos);
    }
    return stay(heard, dueNanos);
  }

  /** The servers are these from now on. */
  Verdict replace(ApiServers next, long nowNanos) {
    if (next.equals(servers)) {
      return new Stay();
    }
    servers = next;
    ApiServer used = current;
    if (used == null) {
      dueNanos = nowNanos;
      return new Stay();
    }
    if (!next.all().contains(used)) {
      return leave(used, "it is an API server no more", nowNanos);
    }
    if (fallback(used)) {
      returnNanos = nowNanos;
      dueNanos = nowNanos;
    }
    return new Stay();
  }

  /** Somebody waits in vain for the one in use: it is asked soon. */
  void suspect(long nowNanos) {
    dueNanos = Math.min(dueNanos, Math.max(nowNanos, askedNanos + RETRY_NANOS));
  }

  /** The one in use is known to be lost: another one is searched for at once. */
  Verdict abandon(String why, long nowNanos) {
    ApiServer used = current;
    return used == null ? new Stay() : leave(used, why, nowNanos);
  }

  private Verdict use(ApiServer best, Map<ApiServer, Trial> trials) {
    answer = answer(best, trials);
    misses = 0;
    return new Use(best);
  }

  private Verdict stay(Answer heard, long nextNanos) {
    answer = heard;
    misses = 0;
    dueNanos = nextNanos;
    return new Stay();
  }

  private Verdict missed(ApiServer used, String why, long nowNanos) {
    misses++;
    if (misses >= MISSES) {
      return leave(used, why, nowNanos);
    }
    dueNanos = nowNanos + RETRY_NANOS;
    return new Stay();
  }

  private Verdict leave(ApiServer used, String why, long nowNanos) {
    current = null;
    answer = Answer.SILENT;
    misses = 0;
    dueNanos = nowNanos;
    return new Leave(used, why);
  }

  private boolean returning(ApiServer used, long nowNanos) {
    return fallback(used) && !servers.direct().isEmpty() && nowNanos - returnNanos >= 0;
  }

  private boolean fallback(ApiServer server) {
    return servers.fallback().contains(server);
  }

  private @Nullable ApiServer best(Map<ApiServer, Trial> trials) {
    return servers.all().stream()
        .filter(server -> answer(server, trials) != Answer.SILENT)
        .min(Comparator.comparingInt(server -> rank(server, trials)))
        .orElse(null);
  }

  /** Ready and direct before ready, before direct, before the rest. */
  private int rank(ApiServer server, Map<ApiServer, Trial> trials) {
    int worse =
        switch (answer(server, trials)) {
          case READY -> 0;
          case NOT_READY -> 2;
          case SILENT -> 4;
        };
    return fallback(server) ? worse + 1 : worse;
  }

  private static Answer answer(ApiServer server, Map<ApiServer, Trial> trials) {
    Trial trial = trials.get(server);
    return trial == null ? Answer.SILENT : trial.answer();
  }

  private static String text(ApiServer server, Map<ApiServer, Trial> trials) {
    Trial trial = trials.get(server);
    return trial == null ? "no answer" : trial.text();
  }
}
