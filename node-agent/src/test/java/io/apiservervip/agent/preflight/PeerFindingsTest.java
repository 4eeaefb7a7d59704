package io.apiservervip.agent.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.vrrp.Cast;
import io.apiservervip.agent.vrrp.Family;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeerFindingsTest {
  private static final long SECOND = 1_000_000_000L;
  private final PeerSightings seen = new PeerSightings();

  private Finding judged(Cast cast) {
    return new PeerFindings("cp-1", "eth0", cast).of("cp-2", Family.IPV4, seen, 10 * SECOND);
  }

  private static ProbeMessage message(Cast... hearingUs) {
    return new ProbeMessage(
        "control-plane",
        "cp-2",
        Map.of(
            Cast.MULTICAST,
            Set.of(hearingUs).contains(Cast.MULTICAST) ? Set.of("cp-1") : Set.of(),
            Cast.UNICAST,
            Set.of(hearingUs).contains(Cast.UNICAST) ? Set.of("cp-1") : Set.of()));
  }

  private static SegmentTap.Unreachable icmp(String from, int code) {
    return new SegmentTap.Unreachable(Family.IPV4, Nodes.ip(from), Nodes.ip("10.99.0.12"), 3, code);
  }

  @Test
  void twoPreflightsThatHearEachOtherAreOk() {
    seen.probe(message(Cast.MULTICAST), Cast.MULTICAST, 0);
    assertThat(judged(Cast.MULTICAST))
        .isEqualTo(Finding.ok("protocol 112 with cp-2", "each hears the other, multicast"));
  }

  @Test
  void aPreflightThatDoesNotHearUsForASecondIsAFailure() {
    seen.probe(message(), Cast.MULTICAST, 0);
    seen.probe(message(), Cast.MULTICAST, SECOND);
    assertThat(judged(Cast.MULTICAST))
        .isEqualTo(
            Finding.fail(
                "protocol 112 with cp-2",
                "cp-2 is heard here and does not hear this node",
                "allow IP protocol 112 in the firewall of cp-2, in what leaves this host, and"
                    + " between them"));
  }

  @Test
  void aPreflightThatWasHeardForAMomentTellsNothing() {
    seen.probe(message(), Cast.MULTICAST, 0);
    seen.probe(message(), Cast.MULTICAST, SECOND - 1);
    assertThat(judged(Cast.MULTICAST).result()).isEqualTo(Result.NOT_CHECKED);
  }

  @Test
  void multicastThatIsLostWhileUnicastPassesIsNamed() {
    seen.probe(message(Cast.UNICAST), Cast.UNICAST, 0);
    assertThat(judged(Cast.MULTICAST))
        .isEqualTo(
            Finding.fail(
                "protocol 112 with cp-2",
                "what it sends to this node arrives, what it sends to 224.0.0.18 does not",
                "look at the switches' multicast snooping and at filters of that address, or set"
                    + " spec.vrrp.transport: Unicast"));
    assertThat(judged(Cast.UNICAST).result()).isEqualTo(Result.OK);
  }

  @Test
  void ourMulticastThatIsLostOnItsWayIsNamed() {
    seen.probe(message(Cast.UNICAST), Cast.MULTICAST, 0);
    seen.probe(message(Cast.UNICAST), Cast.MULTICAST, 2 * SECOND);
    assertThat(judged(Cast.MULTICAST).seen())
        .isEqualTo(
            "cp-2 is heard here and does not hear this node by 224.0.0.18, though by unicast");
  }

  @Test
  void whatReachesTheInterfaceAndNoProgramIsDroppedHere() {
    seen.tapped(Cast.MULTICAST);
    seen.tapped(Cast.UNICAST);
    assertThat(judged(Cast.MULTICAST))
        .isEqualTo(
            Finding.fail(
                "protocol 112 with cp-2",
                "its packets reach eth0 and no program: this host drops them",
                "allow IP protocol 112 in this host's firewall (nft list ruleset), and look at"
                    + " rp_filter"));
  }

  @Test
  void advertsAreTheProofOfOneDirection() {
    seen.advert(Cast.MULTICAST);
    assertThat(judged(Cast.MULTICAST))
        .isEqualTo(
            Finding.ok(
                "protocol 112 with cp-2",
                "its adverts arrive; whether it hears this node shows a preflight there"));
  }

  @Test
  void icmpTellsWhetherItGetsThere() {
    seen.unreachable(icmp("10.99.0.12", 2), 8 * SECOND);
    assertThat(judged(Cast.MULTICAST))
        .isEqualTo(
            Finding.notChecked(
                "protocol 112 with cp-2",
                "it gets there (ICMP: nobody listens for it); nothing was heard from there",
                "run preflight on cp-2 at the same time"));
    seen.unreachable(icmp("10.99.0.1", 13), 8 * SECOND);
    assertThat(judged(Cast.MULTICAST))
        .isEqualTo(
            Finding.fail(
                "protocol 112 with cp-2",
                "10.99.0.1 refuses it (ICMP type 3 code 13)",
                "allow IP protocol 112 in the firewall of 10.99.0.1"));
  }

  @Test
  void icmpThatCeasedTellsNothing() {
    seen.unreachable(icmp("10.99.0.12", 2), 8 * SECOND - 1);
    assertThat(judged(Cast.MULTICAST).seen()).startsWith("nothing was heard");
  }

  @Test
  void silenceIsNoProof() {
    assertThat(judged(Cast.MULTICAST))
        .isEqualTo(
            Finding.notChecked(
                "protocol 112 with cp-2",
                "nothing was heard: no preflight runs there, a Backup is silent, or it is filtered",
                "run preflight on cp-2 at the same time; if one does, allow IP protocol 112 between"
                    + " them to 224.0.0.18"));
  }

  @Test
  void aHostThatDropsWhatItSendsIsAFailure() {
    seen.sendFailed(1);
    assertThat(judged(Cast.UNICAST))
        .isEqualTo(
            Finding.fail(
                "protocol 112 with cp-2",
                "this host cannot send to it (errno 1)",
                "allow IP protocol 112 in what leaves this host (nft list ruleset)"));
  }
}
