package io.apiservervip.agent.vrrp;

/** Reads a router's settings from a line of a transcript. */
final class ScriptedConfig {
  private ScriptedConfig() {}

  /** Version 3, 100 ms, priority 100, no preempt, announcements at 0 and 50 ms, no refresh. */
  private static final VirtualRouterConfig DEFAULTS =
      new VirtualRouterConfig(
          Version.V3,
          new AdvertisementInterval(10),
          new Standing.Contender(new Priority(100), new Preemption.Never()),
          0,
          new Announcements(2, 0));

  static VirtualRouterConfig parse(Words words) {
    return change(DEFAULTS, words);
  }

  static VirtualRouterConfig change(VirtualRouterConfig old, Words words) {
    String interval = words.find("interval");
    String delay = words.find("start-up-delay");
    String bursts = words.find("announcements");
    return new VirtualRouterConfig(
        words.has("v2") ? Version.V2 : old.version(),
        interval == null ? old.interval() : interval(interval),
        standing(old.standing(), words),
        delay == null ? old.startupDelayNanos() : Durations.nanos(delay),
        bursts == null
            ? old.announcements()
            : new Announcements(
                Integer.parseInt(bursts), Durations.nanos(words.or("refresh", "0s"))));
  }

  static AdvertisementInterval interval(String text) {
    return new AdvertisementInterval((int) (Durations.nanos(text) / 10_000_000L));
  }

  private static Standing standing(Standing old, Words words) {
    if (words.has("owner")) {
      return new Standing.Owner();
    }
    return switch (old) {
      case Standing.Owner owner -> owner;
      case Standing.Contender contender ->
          new Standing.Contender(
              new Priority(Integer.parseInt(words.or("prio", contender.priority().toString()))),
              preemption(contender.preemption(), words));
    };
  }

  private static Preemption preemption(Preemption old, Words words) {
    String delay = words.find("preempt-after");
    if (delay != null) {
      return new Preemption.After(Durations.nanos(delay));
    }
    if (words.has("no-preempt")) {
      return new Preemption.Never();
    }
    return words.has("preempt") ? new Preemption.After(0) : old;
  }
}
