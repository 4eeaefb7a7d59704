package io.apiservervip.agent.netty;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Fails a test class under which a buffer was lost: {@code @ExtendWith(LeakWatch.class)}. The leak
 * detector has to run at level {@code paranoid}, or it would see but a few of the buffers; the
 * build sets that for every test.
 */
public final class LeakWatch implements BeforeAllCallback, AfterAllCallback {
  private static final int ROUNDS = 3;

  private final ListAppender<ILoggingEvent> seen = new ListAppender<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    begin();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    List<String> leaks = end();
    if (!leaks.isEmpty()) {
      throw new AssertionError("buffers were lost:\n" + String.join("\n", leaks));
    }
  }

  void begin() {
    if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
      throw new AssertionError("the leak detector is not paranoid but " + level());
    }
    seen.start();
    detectorLog().setAdditive(false);
    detectorLog().addAppender(seen);
  }

  /** The reports since it began. */
  List<String> end() {
    for (int i = 0; i < ROUNDS; i++) {
      collectGarbage();
      UnpooledByteBufAllocator.DEFAULT.directBuffer(16).release();
      UnpooledByteBufAllocator.DEFAULT.heapBuffer(16).release();
    }
    detectorLog().detachAppender(seen);
    detectorLog().setAdditive(true);
    return seen.list.stream()
        .filter(event -> event.getLevel() == Level.ERROR)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static ResourceLeakDetector.Level level() {
    return ResourceLeakDetector.getLevel();
  }

  private static Logger detectorLog() {
    return (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
  }

  /** Returns when the references of a whole collection have been queued. */
  private static void collectGarbage() {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    PhantomReference<Object> sign = new PhantomReference<>(new Object(), queue);
    try {
      for (int i = 0; i < 10; i++) {
        System.gc();
        if (queue.remove(Duration.ofSeconds(1).toMillis()) != null) {
          return;
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      Reference.reachabilityFence(sign);
    }
    throw new AssertionError("the garbage collector does not run");
  }
}
