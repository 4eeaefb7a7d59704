package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LogSetupTest {
  private final LoggerContext context = new LoggerContext();
  private final Semaphore gate = new Semaphore(0);
  private final List<String> written = new CopyOnWriteArrayList<>();

  @Test
  @Timeout(10)
  void aStuckReaderOfTheLogStopsNobodyWhoLogs() {
    AsyncAppender queue = queued();
    context.getLogger("loop").addAppender(queue);

    for (int i = 0; i < 5000; i++) {
      context.getLogger("loop").info("line {}", i);
    }

    assertThat(queue.getNumberOfElementsInQueue()).isEqualTo(1024);
    gate.release();
    context.stop();
    // the stuck writer holds one batch, at most a queue full, beside what is queued
    assertThat(written).hasSizeBetween(1025, 2048).startsWith("line 0", "line 1");
  }

  @Test
  @Timeout(10)
  void whatIsQueuedIsWrittenBeforeTheEnd() {
    gate.release();
    context.getLogger("loop").addAppender(queued());

    for (int i = 0; i < 500; i++) {
      context.getLogger("loop").info("line {}", i);
    }
    context.stop();

    assertThat(written).hasSize(500).endsWith("line 499");
  }

  private AsyncAppender queued() {
    Gated slow = new Gated();
    context.setMDCAdapter(new LogbackMDCAdapter());
    slow.setContext(context);
    slow.start();
    return LogSetup.queued(context, slow);
  }

  private final class Gated extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      gate.acquireUninterruptibly();
      gate.release();
      written.add(event.getFormattedMessage());
    }
  }
}
