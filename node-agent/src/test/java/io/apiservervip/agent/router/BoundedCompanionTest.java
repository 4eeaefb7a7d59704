package io.apiservervip.agent.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class BoundedCompanionTest {
  private static final Set<InetAddress> VIP = Set.of(Nets.VIP);

  private final List<String> log = new ArrayList<>();
  private final List<AddressKeeper.Result> results = new ArrayList<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  private static AddressKeeper.Result complaint(String text) {
    return new AddressKeeper.Result.CompanionFailed("what is done " + text);
  }

  @Test
  void callsAreMadeInOrderAndInSilence() {
    BoundedCompanion bounded =
        new BoundedCompanion(new RecordingCompanion(log), Runnable::run, 50, results::add);
    bounded.arriving(VIP);
    bounded.leaving(VIP);
    bounded.gone(VIP);
    assertThat(log)
        .containsExactly("arriving [10.0.0.50]", "leaving [10.0.0.50]", "gone [10.0.0.50]");
    assertThat(results).isEmpty();
  }

  @Test
  void companionThatIsLateIsNotWaitedForAndComesAfterwards() {
    BoundedCompanion bounded =
        new BoundedCompanion(new RecordingCompanion(log), waiting::add, 0, results::add);
    bounded.leaving(VIP);
    bounded.gone(VIP);
    assertThat(results)
        .containsExactly(
            complaint("before an address goes takes longer than 0 ms; the address does not wait"),
            complaint("after an address went takes longer than 0 ms; the address does not wait"));
    waiting.forEach(Runnable::run);
    assertThat(log).containsExactly("leaving [10.0.0.50]", "gone [10.0.0.50]");
  }

  @Test
  void companionThatThrowsIsReported() {
    AddressCompanion broken =
        new AddressCompanion() {
          @Override
          public void arriving(Set<InetAddress> addresses) {
            throw new IllegalStateException("planted");
          }
        };
    new BoundedCompanion(broken, Runnable::run, 50, results::add).arriving(VIP);
    assertThat(results)
        .containsExactly(
            complaint("before an address comes failed: java.lang.IllegalStateException: planted"));
  }

  @Test
  void workThatFindsNoRoomIsReported() {
    new BoundedCompanion(
            new RecordingCompanion(log),
            _ -> {
              throw new RejectedExecutionException();
            },
            50,
            results::add)
        .gone(VIP);
    assertThat(results)
        .containsExactly(
            complaint("after an address went was dropped: earlier work has not ended"));
  }

  @Test
  void realThreadHoldsNothingUpThoughItsCompanionNeverReturns() throws InterruptedException {
    CountDownLatch forever = new CountDownLatch(1);
    AddressCompanion stuck =
        new AddressCompanion() {
          @Override
          public void leaving(Set<InetAddress> addresses) {
            try {
              forever.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    AddressCompanion bounded = BoundedCompanion.around(stuck, results::add);
    for (int i = 0; i < 11; i++) {
      bounded.leaving(VIP);
    }
    forever.countDown();
    assertThat(results).hasSize(11);
    assertThat(results.getLast())
        .isEqualTo(complaint("before an address goes was dropped: earlier work has not ended"));
    assertThat(BoundedCompanion.around(AddressCompanion.NONE, results::add))
        .isSameAs(AddressCompanion.NONE);
  }
}
