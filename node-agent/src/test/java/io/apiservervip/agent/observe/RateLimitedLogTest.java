package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RateLimitedLogTest {
  private final Logger logger = new LoggerContext().getLogger("test");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private long now = -1;
  private final RateLimitedLog log = new RateLimitedLog(logger, () -> now);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @Test
  void eachKeyIsWrittenOnceAMinuteWithTheNumberLeftOut() {
    warn("a");
    warn("a");
    warn("b");
    now += Duration.ofSeconds(60).toNanos() - 1;
    warn("a");
    assertThat(written()).containsExactly("key=\"a\"", "key=\"b\"");

    now += 1;
    warn("a");

    assertThat(written().getLast()).isEqualTo("key=\"a\" suppressed=\"2\"");
  }

  @Test
  void remembersNoMoreThanSixtyFourKeys() {
    for (int i = 0; i < 65; i++) {
      warn("key-" + i);
    }
    warn("key-64");
    assertThat(lines.list).hasSize(65);

    warn("key-0");

    assertThat(lines.list).hasSize(66);
  }

  private void warn(String key) {
    log.warn(key, "advert discarded", line -> line.addKeyValue("key", key));
  }

  private List<String> written() {
    return lines.list.stream()
        .map(
            event ->
                String.join(" ", event.getKeyValuePairs().stream().map(Object::toString).toList()))
        .toList();
  }
}
