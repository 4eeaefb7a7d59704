package io.apiservervip.agent.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** New settings while the loop runs. */
class ReconfigureTest {
  private final Lab lab = new Lab();
  private final Nets.Draft draft = Nets.node(1, 200);
  private final Lab.Node one = lab.add(draft);

  private void becomeActive() {
    lab.run(2_000);
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
    one.host.news();
    one.observer.roles.clear();
  }

  @Test
  void priorityChangesWithoutFailOverAndWithTheNextAdvert() {
    becomeActive();
    draft.priority = 180;
    one.loop.reconfigure(draft.settings());
    lab.run(2);
    assertThat(one.host.log)
        .containsExactly("advert 180", "put 10.0.0.50/32", "announce 10.0.0.50");
    assertThat(one.loop.status().priority()).isEqualTo(180);
    assertThat(one.observer.roles).isEmpty();
  }

  @Test
  void membersChangeWithoutNewSockets() {
    becomeActive();
    draft.members = List.of(Nets.member(1), Nets.member(4));
    one.loop.reconfigure(draft.settings());
    lab.run(1_000);
    assertThat(one.host.log).doesNotContain("open eth0", "close");
    assertThat(one.loop.status().peers())
        .extracting(RouterStatus.Peer::node)
        .containsExactly("node-4");
    assertThat(one.observer.roles).isEmpty();
  }

  @Test
  void intervalChangesTheRhythm() {
    becomeActive();
    draft.centiseconds = 50;
    one.loop.reconfigure(draft.settings());
    lab.run(10);
    one.host.news();
    lab.run(5_000);
    assertThat(one.host.log.stream().filter("advert 200"::equals)).hasSize(10);
  }

  @Test
  void removedAddressGoesAndTheNewOneComesAndIsAnnounced() {
    becomeActive();
    draft.addresses = Nets.virtual(Nets.VIP, Nets.VIP2);
    one.loop.reconfigure(draft.settings());
    lab.run(2);
    assertThat(one.host.news())
        .containsExactly(
            "advert 200",
            "put 10.0.0.50/32",
            "put 10.0.0.51/32",
            "announce 10.0.0.50",
            "announce 10.0.0.51");
    draft.addresses = Nets.virtual(Nets.VIP2);
    one.loop.reconfigure(draft.settings());
    lab.run(2);
    assertThat(one.host.news())
        .containsExactly(
            "advert 200", "remove 10.0.0.50", "put 10.0.0.51/32", "announce 10.0.0.51");
    assertThat(one.observer.putBack).isZero();
    assertThat(one.observer.roles).isEmpty();
  }

  @Test
  void newAddressThatIsSomebodyElsesIsRefusedAndNotTouched() {
    becomeActive();
    one.host.kernel.plant(Nets.on(Nets.ETH0, "10.0.0.51", 24));
    draft.addresses = Nets.virtual(Nets.VIP, Nets.VIP2);
    one.loop.reconfigure(draft.settings());
    lab.run(100);
    assertThat(one.role()).isEqualTo(Role.FAULT);
    assertThat(one.loop.status().reason()).startsWith("10.0.0.51 is already an address of eth0");
    assertThat(one.host.kernel.holds(Nets.VIP2)).isTrue();
    assertThat(one.host.kernel.holds(Nets.VIP)).isFalse();
  }

  @Test
  void anotherIdentityGivesTheAddressAwayAndListensFirst() {
    Lab.Node two = lab.add(Nets.node(2, 150));
    becomeActive();
    draft.vrid = 77;
    one.loop.reconfigure(draft.settings());
    lab.run(300);
    assertThat(two.role()).isEqualTo(Role.ACTIVE);
    assertThat(one.role()).isEqualTo(Role.INITIALIZE);
    assertThat(one.host.kernel.holds(Nets.VIP)).isFalse();
    assertThat(one.host.news()).contains("advert 0", "remove 10.0.0.50", "close", "open eth0");
    lab.run(700);
    assertThat(one.host.log).noneMatch(line -> line.startsWith("advert"));
  }

  @Test
  void settingsThatArriveDuringAchangeOfIdentityReplaceTheSuccessor() {
    becomeActive();
    RouterSettings before = draft.settings();
    draft.vrid = 77;
    one.loop.reconfigure(draft.settings());
    lab.run(2);
    draft.priority = 120;
    one.loop.reconfigure(draft.settings());
    lab.run(3_000);
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
    assertThat(one.loop.status().priority()).isEqualTo(120);
    one.loop.reconfigure(before);
    lab.run(3_000);
    assertThat(one.loop.status().priority()).isEqualTo(200);
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
  }

  @Test
  void addressAddedDuringAnOfferThatNobodyTakesIsThereAfterwards() {
    becomeActive();
    one.loop.health(-13, true);
    lab.run(2);
    draft.addresses = Nets.virtual(Nets.VIP, Nets.VIP2);
    one.loop.reconfigure(draft.settings());
    lab.run(1_000);
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
    assertThat(one.host.kernel.holds(Nets.VIP2)).isTrue();
    assertThat(one.host.log).contains("announce 10.0.0.51");
    assertThat(one.loop.status().addressOwned()).isTrue();
  }

  @Test
  void strangersAddressOnTheInterfaceReopensNothing() {
    becomeActive();
    one.host.kernel.plant(Nets.on(Nets.ETH0, "10.0.0.123", 24));
    lab.run(1_000);
    assertThat(one.host.log).doesNotContain("open eth0", "close");
    assertThat(one.observer.roles).isEmpty();
  }
}
