package io.apiservervip.operator.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeaseLoopTest {
  private static final long SECOND = 1_000_000_000L;

  private final Cluster cluster = new Cluster();
  private final List<String> told = new ArrayList<>();
  private long now;

  @Test
  void oneOfTwoLeadsAndTheOtherFollowsTwelveSecondsAfterAKill() {
    LeaseLoop a = replica("a");
    LeaseLoop b = replica("b");
    turn(a);
    turn(b);
    assertThat(told).containsExactly("a leads");

    now = 2 * SECOND;
    turn(a);
    turn(b);
    for (now = 4 * SECOND; now < 12 * SECOND; now += 2 * SECOND) {
      turn(b); // a was killed
    }
    assertThat(b.leads()).isFalse();
    turn(b);

    assertThat(b.leads()).isTrue();
    assertThat(cluster.transitions()).isEqualTo(1);
  }

  @Test
  void anApiServerThatFailsEndsTheLeadingAtTheDeadlineAndNotBefore() {
    LeaseLoop a = replica("a");
    turn(a);
    cluster.broken = true;
    for (now = 2 * SECOND; now <= 6 * SECOND; now += 2 * SECOND) {
      turn(a);
    }
    assertThat(told).containsExactly("a leads");

    now = 8 * SECOND;
    turn(a);
    assertThat(told).containsExactly("a leads", "a leads no longer");

    cluster.broken = false;
    now = 10 * SECOND;
    turn(a);
    assertThat(told).containsExactly("a leads", "a leads no longer", "a leads");
  }

  @Test
  void ofTwoThatWriteAtOnceOneIsRefusedAndWaits() {
    LeaseLoop a = replica("a");
    cluster.overtaken = true;
    turn(a);

    assertThat(a.leads()).isFalse();
    assertThat(told).isEmpty();
  }

  @Test
  void aReplicaThatNeverReadTheLeaseSaysSo() {
    LeaseLoop a = replica("a");
    cluster.broken = true;
    turn(a);
    assertThat(a.saw()).isFalse();

    cluster.broken = false;
    turn(a);
    assertThat(a.saw()).isTrue();
  }

  private LeaseLoop replica(String name) {
    return new LeaseLoop(
        name,
        LeaseTimes.DEFAULT,
        cluster,
        () -> now,
        leads -> told.add(name + (leads ? " leads" : " leads no longer")));
  }

  private static void turn(LeaseLoop loop) {
    loop.turn();
    loop.tell();
  }

  /** A Lease in memory whose renewal time counts the writes. */
  private static final class Cluster implements LeaseStore {
    private @Nullable LeaseRecord lease;
    private int writes;
    private boolean broken;
    private boolean overtaken;

    int transitions() {
      return Objects.requireNonNull(lease).transitions();
    }

    @Override
    public @Nullable LeaseRecord read() {
      refuse(broken);
      return lease;
    }

    @Override
    public void write(LeaseRecord wanted, boolean newHolder) {
      refuse(broken || overtaken);
      writes++;
      lease =
          new LeaseRecord(
              wanted.holder(), wanted.duration(), "write " + writes, wanted.transitions());
    }

    private static void refuse(boolean how) {
      if (how) {
        throw new IllegalStateException("no answer within 2 s");
      }
    }
  }
}
