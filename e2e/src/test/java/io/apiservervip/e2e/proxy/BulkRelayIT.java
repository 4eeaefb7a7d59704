package io.apiservervip.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.router.Campaign;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Much through one connection, fast and slow. */
class BulkRelayIT {
  private static final long GIGABYTE = 1L << 30;

  @Test
  void gigabyteArrivesUnchangedBothWaysAtOnce() throws Exception {
    RelayStage.on(
        stage -> {
          try (Rendezvous.Pair pair = stage.rendezvous().pair()) {
            long begun = System.nanoTime();
            List<FutureTask<Flow.Sum>> sums = new ArrayList<>();
            sums.add(Flow.start(() -> Flow.send(pair.client().getOutputStream(), GIGABYTE, 1)));
            sums.add(Flow.start(() -> Flow.receive(pair.server().getInputStream(), GIGABYTE)));
            sums.add(Flow.start(() -> Flow.send(pair.server().getOutputStream(), GIGABYTE, 2)));
            sums.add(Flow.start(() -> Flow.receive(pair.client().getInputStream(), GIGABYTE)));
            List<Flow.Sum> seen = new ArrayList<>();
            for (FutureTask<Flow.Sum> sum : sums) {
              seen.add(sum.get(60, TimeUnit.SECONDS));
            }
            assertThat(seen.get(1)).isEqualTo(seen.get(0));
            assertThat(seen.get(3)).isEqualTo(seen.get(2));
            Campaign.report(
                "1 GiB both ways",
                Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms, checksums equal");
          }
        });
  }

  @Test
  void slowReaderHoldsTheWriterBackAndGetsEverything() throws Exception {
    RelayStage.on(
        stage -> {
          slowReader(stage, false);
          slowReader(stage, true);
        });
  }

  /** 256 MB, of which the kernel's and the proxy's buffers hold a small part. */
  private static void slowReader(RelayStage stage, boolean toClient) throws Exception {
    long bytes = GIGABYTE / 4;
    try (Rendezvous.Pair pair = stage.rendezvous().pair()) {
      Socket reader = toClient ? pair.client() : pair.server();
      Socket writer = toClient ? pair.server() : pair.client();
      AtomicLong written = new AtomicLong();
      FutureTask<Flow.Sum> sent =
          Flow.start(() -> Flow.send(new Counted(writer.getOutputStream(), written), bytes, 3));
      Flow.Sum first = Flow.receive(reader.getInputStream(), 1);
      assertThat(first.bytes()).isEqualTo(1);
      Thread.sleep(1500);
      long held = written.get();
      assertThat(held).as("written while nobody reads").isLessThan(48_000_000);
      byte[] little = new byte[10_000];
      for (int i = 0; i < 100; i++) {
        assertThat(reader.getInputStream().readNBytes(little, 0, little.length))
            .isEqualTo(little.length);
        Thread.sleep(5);
      }
      long left = bytes - 1 - 100L * little.length;
      assertThat(Flow.receive(reader.getInputStream(), left).bytes()).isEqualTo(left);
      assertThat(sent.get(20, TimeUnit.SECONDS).bytes()).isEqualTo(bytes);
    }
  }

  /** Counts what went out. */
  private static final class Counted extends java.io.FilterOutputStream {
    private final AtomicLong count;

    private Counted(java.io.OutputStream out, AtomicLong count) {
      super(out);
      this.count = count;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws java.io.IOException {
      out.write(bytes, from, length);
      count.addAndGet(length);
    }
  }

  @Test
  void slowWritersEveryByteArrivesAtOnce() throws Exception {
    RelayStage.on(
        stage -> {
          try (Rendezvous.Pair pair = stage.rendezvous().pair()) {
            long longest = 0;
            for (int i = 0; i < 100; i++) {
              Socket from = i % 2 == 0 ? pair.client() : pair.server();
              Socket to = i % 2 == 0 ? pair.server() : pair.client();
              long sent = System.nanoTime();
              from.getOutputStream().write(i);
              assertThat(to.getInputStream().read()).isEqualTo(i);
              longest = Math.max(longest, System.nanoTime() - sent);
              Thread.sleep(10);
            }
            assertThat(Duration.ofNanos(longest))
                .isLessThan(Duration.ofMillis(Campaign.FULL ? 150 : 500));
          }
        });
  }
}
