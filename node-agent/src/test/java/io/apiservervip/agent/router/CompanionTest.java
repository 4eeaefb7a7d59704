package io.apiservervip.agent.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What comes and goes with the address, as the whole loop calls it. */
class CompanionTest {
  private final Lab lab = new Lab();

  private Lab.Node recorded(int number, int priority) {
    FakeHost host = new FakeHost(number, lab.clock, lab.wire);
    return lab.add(host, new RecordingCompanion(host.log), Nets.node(number, priority));
  }

  private static List<String> withoutAdverts(Lab.Node node) {
    return node.host.news().stream().filter(line -> !line.startsWith("advert")).toList();
  }

  @Test
  void successorAnnouncesTheAddressBeforeTheOldNodeResetsItsSessions() {
    Lab.Node one = recorded(1, 200);
    Lab.Node two = recorded(2, 150);
    lab.run(2_500);
    one.host.news();
    two.host.news();
    CompletableFuture<HandOverResult> _ = one.loop.handOver();
    while (one.role() == Role.ACTIVE && !two.host.log.contains("put 10.0.0.50/32")) {
      lab.run(1);
    }
    assertThat(withoutAdverts(one)).isEmpty();
    assertThat(withoutAdverts(two)).containsSubsequence("arriving [10.0.0.50]", "put 10.0.0.50/32");
    lab.run(250);
    assertThat(withoutAdverts(one))
        .containsExactly("leaving [10.0.0.50]", "remove 10.0.0.50", "gone [10.0.0.50]");
  }

  @Test
  void sessionsOfAnAddressThatExpiredAreResetOnce() {
    Lab.Node one = recorded(1, 200);
    lab.run(2_500);
    one.host.news();
    lab.standStill(3_000);
    lab.run(1);
    assertThat(withoutAdverts(one))
        .containsOnlyOnce("leaving [10.0.0.50]")
        .containsSubsequence("leaving [10.0.0.50]", "gone [10.0.0.50]");
    assertThat(one.role()).isEqualTo(Role.BACKUP);
  }

  @Test
  void companionThatFailsCostsAwarningAndNoFailOver() {
    AddressCompanion broken =
        new AddressCompanion() {
          @Override
          public void arriving(Set<InetAddress> addresses) {
            throw new IllegalStateException("planted");
          }
        };
    Lab.Node one = lab.add(new FakeHost(1, lab.clock, lab.wire), broken, Nets.node(1, 200));
    lab.run(2_500);
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
    assertThat(one.holds()).isTrue();
    assertThat(one.observer.warnings)
        .containsExactly(
            "companion: what is done before an address comes failed:"
                + " java.lang.IllegalStateException: planted");
  }
}
