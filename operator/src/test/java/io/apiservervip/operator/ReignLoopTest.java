package io.apiservervip.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReignLoopTest {
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private volatile boolean broken;
  private final ReignLoop loop = new ReignLoop(this::begin);

  @AfterEach
  void end() {
    loop.close();
  }

  @Test
  void controllersRunWhileTheReplicaLeadsAndNoLonger() throws InterruptedException {
    loop.start();
    loop.leading(true);
    assertThat(next()).isEqualTo("begun");

    loop.leading(false);
    assertThat(next()).isEqualTo("ended");
    assertThat(loop.reign()).isNull();

    loop.leading(true);
    assertThat(next()).isEqualTo("begun");
  }

  @Test
  void aMoveOfTheConnectionBeginsThemAnew() throws InterruptedException {
    loop.start();
    loop.leading(true);
    assertThat(next()).isEqualTo("begun");

    loop.restart();

    assertThat(next()).isEqualTo("ended");
    assertThat(next()).isEqualTo("begun");
  }

  @Test
  void aBeginningThatFailsIsTriedAgainAtOnceAfterAMove() throws InterruptedException {
    broken = true;
    loop.start();
    loop.leading(true);
    assertThat(next()).isEqualTo("failed");
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("failed");
    assertThat(loop.trouble()).isEqualTo("no API server answers");

    broken = false;
    loop.restart();

    assertThat(next()).isEqualTo("begun");
    loop.leading(false);
    assertThat(next()).isEqualTo("ended");
    assertThat(loop.trouble()).isEmpty();
  }

  @Test
  void theEndOfTheProgramEndsThem() throws InterruptedException {
    loop.start();
    loop.leading(true);
    assertThat(next()).isEqualTo("begun");

    loop.close();

    assertThat(next()).isEqualTo("ended");
  }

  private @Nullable String next() throws InterruptedException {
    return seen.poll(10, TimeUnit.SECONDS);
  }

  private ReignLoop.Reign begin(Runnable restart) {
    if (broken) {
      seen.add("failed");
      throw new IllegalStateException("no API server answers");
    }
    seen.add("begun");
    return new ReignLoop.Reign() {
      @Override
      public String missing() {
        return "";
      }

      @Override
      public void close() {
        seen.add("ended");
      }
    };
  }
}
