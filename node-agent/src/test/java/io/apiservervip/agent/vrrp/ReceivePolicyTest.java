package io.apiservervip.agent.vrrp;

import static io.apiservervip.agent.vrrp.Packets.ip;
import static io.apiservervip.agent.vrrp.Packets.ips;
import static io.apiservervip.agent.vrrp.Packets.v2;
import static io.apiservervip.agent.vrrp.Packets.v3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivePolicyTest {
  private static final InetAddress PEER = ip("10.0.1.1");
  private static final InetAddress GROUP = ip("224.0.0.18");
  private static final InetAddress OWN = ip("10.0.1.2");
  private static final Segment MULTICAST = Segment.openToAnyone(Cast.MULTICAST, Set.of(OWN));
  private static final Segment UNICAST = new Segment(Cast.UNICAST, Set.of(OWN), Set.of(PEER));
  private static final Advertisement OURS = v3(51, 100, 10, "10.0.1.50", "10.0.1.51");
  private static final Advertisement OURS_V2 = v2(51, 100, "1111", "10.0.1.50");

  @Test
  void admitsAnAdvertisementOfTheSameGroup() {
    assertThat(judge(OURS, MULTICAST, PEER, GROUP, 255, OURS))
        .isEqualTo(new Verdict.Admitted(OURS, ChecksumForm.PSEUDO_HEADER, false, false));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 99, 100, 255})
  void admitsAnyPriority(int priority) {
    Advertisement adv = v3(51, priority, 10, "10.0.1.50", "10.0.1.51");
    assertThat(judge(OURS, MULTICAST, PEER, GROUP, 255, adv)).isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  void anotherIdIsUnknownAndNamed() {
    assertThat(judge(OURS, MULTICAST, PEER, GROUP, 255, v3(52, 100, 10, "10.0.1.50")))
        .isEqualTo(new Reception.Rejected(Rejection.UNKNOWN_VRID, 52, true));
  }

  @Test
  void sameIdInTheOtherFamilyIsAnotherRouter() {
    Reception.Accepted v6 =
        new Reception.Accepted(v3(51, 1, 10, "fd00::1"), ChecksumForm.PSEUDO_HEADER);
    assertThat(policy(OURS, MULTICAST).judge(Family.IPV6, ip("fe80::1"), ip("ff02::12"), 255, v6))
        .isEqualTo(new Reception.Rejected(Rejection.UNKNOWN_VRID, 51, true));
  }

  @Test
  void anotherVersionIsForeign() {
    assertForeign(judge(OURS, MULTICAST, PEER, GROUP, 255, OURS_V2), Rejection.VERSION_MISMATCH);
    assertForeign(judge(OURS_V2, MULTICAST, PEER, GROUP, 255, OURS), Rejection.VERSION_MISMATCH);
  }

  @Test
  void ownSourceIsRejectedButNotForeign() {
    assertNotForeign(judge(OURS, MULTICAST, OWN, GROUP, 255, OURS), Rejection.OWN_SOURCE);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 64, 254})
  void multicastNeedsHopLimit255(int ttl) {
    assertNotForeign(judge(OURS, MULTICAST, PEER, GROUP, ttl, OURS), Rejection.BAD_TTL);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, 64, 255})
  void unicastTakesAnyHopLimit(int ttl) {
    assertThat(judge(OURS, UNICAST, PEER, OWN, ttl, OURS)).isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  void anotherAuthenticationTypeIsForeign() {
    Advertisement none = v2(51, 100, "", "10.0.1.50");
    assertForeign(judge(OURS_V2, MULTICAST, PEER, GROUP, 255, none), Rejection.AUTH_TYPE_MISMATCH);
    assertForeign(judge(none, MULTICAST, PEER, GROUP, 255, OURS_V2), Rejection.AUTH_TYPE_MISMATCH);
    Advertisement ipsec =
        new Advertisement(
            Version.V2,
            none.vrid(),
            none.priority(),
            none.interval(),
            none.addresses(),
            new Authentication.Unsupported(2));
    assertForeign(judge(OURS_V2, MULTICAST, PEER, GROUP, 255, ipsec), Rejection.AUTH_TYPE_MISMATCH);
  }

  @ParameterizedTest
  @CsvSource({"1112", "1111x", "111", "''''"})
  void anotherPasswordIsForeign(String password) {
    assertForeign(
        judge(OURS_V2, MULTICAST, PEER, GROUP, 255, v2(51, 100, password, "10.0.1.50")),
        Rejection.AUTH_FAILURE);
  }

  @Test
  void onlyEightCharactersOfAPasswordCount() {
    Advertisement eight = v2(51, 100, "longpass", "10.0.1.50");
    Advertisement nine = v2(51, 100, "longpass9", "10.0.1.50");
    assertThat(judge(nine, MULTICAST, PEER, GROUP, 255, eight))
        .isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  void anotherIntervalIsForeignInVersion2() {
    Advertisement twoSeconds =
        new Advertisement(
            Version.V2,
            OURS_V2.vrid(),
            OURS_V2.priority(),
            new AdvertisementInterval(200),
            OURS_V2.addresses(),
            OURS_V2.authentication());
    assertForeign(
        judge(OURS_V2, MULTICAST, PEER, GROUP, 255, twoSeconds), Rejection.INTERVAL_MISMATCH);
  }

  @Test
  void anotherIntervalIsNotedInVersion3() {
    Advertisement slower = v3(51, 100, 4095, "10.0.1.50", "10.0.1.51");
    assertThat(judge(OURS, MULTICAST, PEER, GROUP, 255, slower))
        .isEqualTo(new Verdict.Admitted(slower, ChecksumForm.PSEUDO_HEADER, true, false));
  }

  @Test
  void wayOfSendingMustBeOurs() {
    assertNotForeign(judge(OURS, MULTICAST, PEER, OWN, 255, OURS), Rejection.WRONG_CAST);
    assertNotForeign(
        judge(OURS, MULTICAST, PEER, ip("224.0.0.19"), 255, OURS), Rejection.WRONG_CAST);
    assertNotForeign(judge(OURS, UNICAST, PEER, GROUP, 255, OURS), Rejection.WRONG_CAST);
  }

  @Test
  void senderThatIsNoMemberIsForeign() {
    assertForeign(judge(OURS, UNICAST, ip("10.0.1.3"), OWN, 255, OURS), Rejection.NOT_A_MEMBER);
    Segment membersOnly = new Segment(Cast.MULTICAST, Set.of(OWN), Set.of(PEER));
    assertForeign(
        judge(OURS, membersOnly, ip("10.0.1.3"), GROUP, 255, OURS), Rejection.NOT_A_MEMBER);
  }

  @Test
  void nobodyIsAMemberOfAnEmptyList() {
    Segment alone = new Segment(Cast.UNICAST, Set.of(OWN), Set.of());
    assertForeign(judge(OURS, alone, PEER, OWN, 255, OURS), Rejection.NOT_A_MEMBER);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.1.50 10.0.1.51, false",
    "10.0.1.51 10.0.1.50, false",
    "10.0.1.50 10.0.1.51 10.0.1.50, false",
    "10.0.1.50, true",
    "10.0.1.50 10.0.1.50, true",
    "10.0.1.50 10.0.1.51 10.0.1.52, true",
    "10.0.1.51 10.0.1.52, true",
  })
  void overlappingListIsAdmittedAndNoted(String theirs, boolean differs) {
    Advertisement adv = v3(51, 100, 10, theirs.split(" ", -1));
    assertThat(judge(OURS, MULTICAST, PEER, GROUP, 255, adv))
        .isEqualTo(new Verdict.Admitted(adv, ChecksumForm.PSEUDO_HEADER, false, differs));
  }

  @Test
  void disjointListIsAnotherGroups() {
    assertForeign(
        judge(OURS, MULTICAST, PEER, GROUP, 255, v3(51, 100, 10, "10.0.1.60", "10.0.1.61")),
        Rejection.FOREIGN_ROUTER);
  }

  @Test
  void policyNeedsAddressesOfOneFamily() {
    assertThatThrownBy(() -> policy(v3(1, 1, 1), MULTICAST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1..255 addresses");
    assertThatThrownBy(() -> policy(v3(1, 1, 1, "10.0.0.1", "fd00::1"), MULTICAST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one family");
    assertThat(policy(v3(1, 1, 1, "fd00::1"), MULTICAST).family()).isEqualTo(Family.IPV6);
    assertThat(policy(OURS, MULTICAST).virtualAddresses()).isEqualTo(ips("10.0.1.50", "10.0.1.51"));
  }

  private static Verdict judge(
      Advertisement ours,
      Segment segment,
      InetAddress source,
      InetAddress destination,
      int ttl,
      Advertisement theirs) {
    Reception.Accepted accepted = new Reception.Accepted(theirs, ChecksumForm.PSEUDO_HEADER);
    return policy(ours, segment).judge(Family.IPV4, source, destination, ttl, accepted);
  }

  private static ReceivePolicy policy(Advertisement ours, Segment segment) {
    return new ReceivePolicy(
        ours.version(),
        ours.vrid(),
        ours.interval(),
        ours.authentication(),
        segment,
        ours.addresses());
  }

  private static void assertForeign(Verdict verdict, Rejection reason) {
    assertThat(verdict).isEqualTo(new Reception.Rejected(reason, 51, true));
    assertThat(((Reception.Rejected) verdict).foreign()).isTrue();
  }

  private static void assertNotForeign(Verdict verdict, Rejection reason) {
    assertThat(verdict).isEqualTo(new Reception.Rejected(reason, 51, true));
    assertThat(((Reception.Rejected) verdict).foreign()).isFalse();
  }
}
