package io.apiservervip.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplayBudgetTest {
  private static final long SECOND = 1_000_000_000L;

  private final ReplayBudget budget = new ReplayBudget();

  private int takeAll(long nowNanos) {
    int taken = 0;
    while (taken < 100_000 && budget.take(nowNanos)) {
      taken++;
    }
    return taken;
  }

  private void open(int connections, long nowNanos) {
    for (int i = 0; i < connections; i++) {
      budget.opened(nowNanos);
    }
  }

  @Test
  void oneHundredAreAlwaysGranted() {
    assertThat(takeAll(0)).isEqualTo(100);
    assertThat(takeAll(9 * SECOND)).isZero();
    assertThat(takeAll(10 * SECOND)).isEqualTo(100);
  }

  @Test
  void oneFifthOfTheNewConnectionsIsGranted() {
    open(10_000, 5 * SECOND);
    assertThat(takeAll(5 * SECOND)).isEqualTo(2_000);
  }

  @Test
  void connectionsOfTheLastTenSecondsCount() {
    for (int second = 0; second < 20; second++) {
      open(100 * second, second * SECOND);
    }
    assertThat(takeAll(19 * SECOND)).isEqualTo(2_900);
  }

  @Test
  void oldConnectionsAndReplaysAreForgotten() {
    open(10_000, 0);
    assertThat(takeAll(9 * SECOND)).isEqualTo(2_000);
    assertThat(takeAll(10 * SECOND)).isZero();
    assertThat(takeAll(18 * SECOND)).isZero();
    assertThat(takeAll(19 * SECOND)).isEqualTo(100);
    assertThat(takeAll(1_000_000 * SECOND)).isEqualTo(100);
  }

  @Test
  void whatIsGivenBackIsGrantedAgain() {
    assertThat(takeAll(0)).isEqualTo(100);
    budget.giveBack(0);
    assertThat(takeAll(0)).isEqualTo(1);
    budget.giveBack(3 * SECOND);
    assertThat(takeAll(3 * SECOND)).as("nothing was taken in that second").isZero();
  }

  @Test
  void clockMayBeginBelowZero() {
    long start = -7 * SECOND - 1;
    open(1_000, start);
    assertThat(takeAll(start)).isEqualTo(200);
    assertThat(takeAll(start + 9 * SECOND)).isZero();
    assertThat(takeAll(start + 10 * SECOND)).isEqualTo(100);
  }

  @Test
  void loopsTogetherGetNoMoreThanOne() throws InterruptedException {
    int[] taken = new int[4];
    Thread[] loops = new Thread[4];
    for (int i = 0; i < 4; i++) {
      int loop = i;
      loops[i] =
          new Thread(
              () -> {
                open(5_000, SECOND);
                while (budget.take(SECOND)) {
                  taken[loop]++;
                }
              });
      loops[i].start();
    }
    for (Thread loop : loops) {
      loop.join();
    }
    int sum = taken[0] + taken[1] + taken[2] + taken[3] + takeAll(SECOND);
    assertThat(sum).isEqualTo(4_000);
  }
}
