package io.apiservervip.agent.observe;

import io.apiservervip.agent.vrrp.ChecksumForm;
import io.apiservervip.agent.vrrp.Rejection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Adverts in and out. */
record AdvertCounters(
    Counter sent,
    Counter resigned,
    EnumCounters<SendErrno> failed,
    EnumCounters<ChecksumForm> received,
    Counter resignsHeard,
    EnumCounters<Rejection> rejected) {
  private static final String SENT = "apiservervip.vrrp.adverts.sent";

  static AdvertCounters register(MeterRegistry registry) {
    return new AdvertCounters(
        registry.counter(SENT, "resign", "false"),
        registry.counter(SENT, "resign", "true"),
        EnumCounters.register(
            registry, "apiservervip.vrrp.send.errors", "errno", SendErrno.class, SendErrno::tag),
        EnumCounters.register(
            registry,
            "apiservervip.vrrp.adverts.received",
            "form",
            ChecksumForm.class,
            form -> form.name().toLowerCase(Locale.ROOT)),
        registry.counter("apiservervip.vrrp.resigns.received"),
        EnumCounters.register(
            registry,
            "apiservervip.vrrp.adverts.rejected",
            "reason",
            Rejection.class,
            Rejection::tag));
  }
}
