package io.apiservervip.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who wakes the loop is heard. */
class PollLoopWaiterTest {
  private static final int WAKERS = 4;
  private static final int TIMES = 5_000;

  @Test
  void noWakeOfSeveralThreadsIsLost() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Semaphore answered = new Semaphore(0);
    try (PollLoopWaiter waiter = PollLoopWaiter.open(Kernel.load())) {
      waiter.await(0);
      List<Thread> wakers = new ArrayList<>();
      for (int i = 0; i < WAKERS; i++) {
        wakers.add(Thread.ofPlatform().start(() -> ask(waiter, asked, answered)));
      }
      int done = 0;
      long longest = 0;
      while (done < WAKERS * TIMES) {
        long start = System.nanoTime();
        waiter.await(10_000_000_000L);
        longest = Math.max(longest, System.nanoTime() - start);
        int all = asked.get();
        answered.release(all - done);
        done = all;
      }
      for (Thread waker : wakers) {
        waker.join();
      }
      assertThat(done).isEqualTo(20_000);
      assertThat(longest).isLessThan(9_000_000_000L);
    }
  }

  /** Each waits for an answer, so that a wake that is lost stops everybody. */
  private static void ask(PollLoopWaiter waiter, AtomicInteger asked, Semaphore answered) {
    for (int i = 0; i < TIMES; i++) {
      asked.incrementAndGet();
      waiter.wake();
      answered.acquireUninterruptibly();
    }
  }

  @Test
  void closedWaiterNeitherWaitsNorFails() throws Exception {
    PollLoopWaiter waiter = PollLoopWaiter.open(Kernel.load());
    waiter.close();
    waiter.wake();
    long start = System.nanoTime();
    waiter.await(10_000_000_000L);
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    waiter.close();
  }
}
