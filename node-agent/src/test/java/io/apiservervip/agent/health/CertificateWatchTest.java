package io.apiservervip.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.apiservervip.api.v1alpha1.BackendState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CertificateWatchTest {
  private static final Instant END = Instant.parse("2027-01-31T00:00:00Z");
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(CertificateWatch.class);

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final CertificateWatch watch = new CertificateWatch();

  @BeforeEach
  void listen() {
    lines.start();
    LOG.addAppender(lines);
  }

  @AfterEach
  void stop() {
    LOG.detachAppender(lines);
  }

  @Test
  void warnsFromThirtyDaysBeforeTheEnd() {
    BackendHealth health = presenting("10.99.0.11");

    assertThat(CertificateWatch.warnings(List.of(health), Instant.parse("2026-12-31T23:59:59Z")))
        .isEmpty();
    assertThat(CertificateWatch.warnings(List.of(health), Instant.parse("2027-01-01T00:00:00Z")))
        .containsExactly(new CertificateWarning(health.address(), END, false));
    assertThat(CertificateWatch.warnings(List.of(health), Instant.parse("2027-01-31T00:00:01Z")))
        .containsExactly(new CertificateWarning(health.address(), END, true));
  }

  @Test
  void oneBackendOfTwoListenersIsOneWarning() {
    assertThat(
            CertificateWatch.warnings(
                List.of(presenting("10.99.0.11"), presenting("10.99.0.11")), END))
        .hasSize(1);
  }

  @Test
  void withoutACertificateThereIsNothingToSay() {
    BackendHealth plain = Samples.health("10.99.0.11", BackendState.UP, true, null);

    assertThat(CertificateWatch.warnings(List.of(plain), END)).isEmpty();
  }

  @Test
  void logsOnceADayForEachBackend() {
    Instant first = END.minus(Duration.ofDays(2));
    watch.look(presenting("10.99.0.11"), first);
    watch.look(presenting("10.99.0.11"), first.plus(Duration.ofHours(23)));
    watch.look(presenting("10.99.0.12"), first.plus(Duration.ofHours(23)));
    assertThat(lines.list).hasSize(2);

    watch.look(presenting("10.99.0.11"), first.plus(Duration.ofHours(24)));

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .hasSize(3)
        .containsOnly("certificate of an API server expires soon");
  }

  @Test
  void remembersSixtyFourBackends() {
    for (int i = 0; i < 65; i++) {
      watch.look(presenting("10.99.1." + i), END);
    }
    watch.look(presenting("10.99.1.64"), END);
    assertThat(lines.list).hasSize(65);

    watch.look(presenting("10.99.1.0"), END);

    assertThat(lines.list).hasSize(66);
  }

  private static BackendHealth presenting(String ip) {
    return new BackendHealth(
        Samples.backend(ip),
        BackendState.UP,
        0,
        Instant.EPOCH,
        null,
        1,
        true,
        new ServerCertificate(List.of("kubernetes"), END));
  }
}
