package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LogSetupTest {
  private final LoggerContext context = new LoggerContext();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<String> written = new CopyOnWriteArrayList<>();

  @Test
  @Timeout(10)
  void aStuckReaderOfTheLogStopsNobodyWhoLogs() throws InterruptedException {
    AsyncAppender queue = queued();
    context.getLogger("loop").addAppender(queue);

    for (int i = 0; i < 5000; i++) {
      context.getLogger("loop").info("line {}", i);
    }

    assertThat(queue.getNumberOfElementsInQueue()).isEqualTo(1024);
    gate.countDown();
    context.stop();
    assertThat(written).hasSizeBetween(1024, 1025).startsWith("line 0", "line 1");
  }

  @Test
  @Timeout(10)
  void whatIsQueuedIsWrittenBeforeTheEnd() {
    gate.countDown();
    context.getLogger("loop").addAppender(queued());

    for (int i = 0; i < 500; i++) {
      context.getLogger("loop").info("line {}", i);
    }
    context.stop();

    assertThat(written).hasSize(500).endsWith("line 499");
  }

  private AsyncAppender queued() {
    Gated slow = new Gated();
    slow.setContext(context);
    slow.start();
    return LogSetup.queued(context, slow);
  }

  private final class Gated extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      try {
        if (gate.await(10, TimeUnit.SECONDS)) {
          written.add(event.getFormattedMessage());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
