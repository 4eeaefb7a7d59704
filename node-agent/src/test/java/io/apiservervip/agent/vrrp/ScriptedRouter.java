package io.apiservervip.agent.vrrp;

import java.util.List;

/**
 * One virtual router that is driven by lines of text, and answers with lines of text.
 *
 * <pre>
 * router v3 interval 100ms prio 150 preempt     settings, at 0s
 * at 1.05s                                      time passes, every deadline fires when it is due
 * frozen until 9s                               time passes, nothing fires
 * show                                          prints the state
 * advert from 10.0.0.2 prio 100                 an event; see ScriptedEvent
 * </pre>
 */
final class ScriptedRouter {
  private static final int MOST_DEADLINES = 1_000;

  private VirtualRouterConfig config = ScriptedConfig.parse(Words.of("router"));
  private VirtualRouter router = new VirtualRouter(config, 0);
  private long nowNanos;

  /** What the router did about this line; each line of output carries its time. */
  List<String> run(String line) {
    Words words = Words.of(line);
    return switch (words.list().getFirst()) {
      case "router" -> create(words);
      case "at" -> passTo(Durations.nanos(words.after("at")));
      case "frozen" -> freeze(Durations.nanos(words.after("until")));
      case "show" -> List.of(at() + Printed.state(router.state()));
      default -> event(words);
    };
  }

  State state() {
    return router.state();
  }

  /** Takes one event and prints actions without the time. */
  String step(Words words) {
    Event event = ScriptedEvent.parse(words, config, nowNanos);
    if (event instanceof Event.Reconfigured changed) {
      config = changed.config();
    }
    return Printed.actions(router.step(event, nowNanos));
  }

  private List<String> create(Words words) {
    config = ScriptedConfig.parse(words);
    router = new VirtualRouter(config, nowNanos);
    return List.of();
  }

  private List<String> event(Words words) {
    Repetition output = new Repetition();
    output.add(at(), step(words));
    return output.lines();
  }

  private List<String> passTo(long untilNanos) {
    Repetition output = new Repetition();
    for (int i = 0; router.nextDeadlineNanos() <= untilNanos; i++) {
      if (i == MOST_DEADLINES) {
        throw new IllegalStateException("the deadline does not move on: " + router.state());
      }
      nowNanos = Math.max(nowNanos, router.nextDeadlineNanos());
      output.add(at(), step(Words.of("time passes")));
    }
    freeze(untilNanos);
    return output.lines();
  }

  private List<String> freeze(long untilNanos) {
    if (untilNanos < nowNanos) {
      throw new IllegalArgumentException("time goes back to " + Durations.text(untilNanos));
    }
    nowNanos = untilNanos;
    return List.of();
  }

  private String at() {
    return Durations.text(nowNanos) + "  ";
  }
}
