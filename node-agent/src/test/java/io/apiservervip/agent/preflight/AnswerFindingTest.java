package io.apiservervip.agent.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.router.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerFindingTest {
  private static final MacAddress MEMBER = new MacAddress(0x020000000012L);
  private static final MacAddress STRANGER = new MacAddress(0x0200000000aaL);

  private static Finding of(Set<String> active, MacAddress... macs) {
    return new AnswerFinding(Map.of(MEMBER, "cp-2"), active)
        .of(Nodes.ip("10.99.0.50"), List.of(macs));
  }

  @Test
  void nobodyIsOk() {
    assertThat(of(Set.of())).isEqualTo(Finding.ok("who has 10.99.0.50", "no other host answers"));
  }

  @Test
  void aStrangerIsNamedByItsStation() {
    assertThat(of(Set.of(), STRANGER))
        .isEqualTo(
            Finding.fail(
                "who has 10.99.0.50",
                "answered by 02:00:00:00:00:aa, no member of the group",
                "choose another address, or find that host (the switch's table of link-layer"
                    + " addresses) and take it off there"));
  }

  @Test
  void theActiveOfTheGroupMayAnswer() {
    assertThat(of(Set.of("cp-2"), MEMBER))
        .isEqualTo(
            Finding.ok(
                "who has 10.99.0.50", "answered by 02:00:00:00:00:12 (cp-2), which is Active"));
  }

  @Test
  void aMemberThatDoesNotAdvertiseMayNot() {
    Finding finding = of(Set.of(), MEMBER);
    assertThat(finding.result()).isEqualTo(Result.FAIL);
    assertThat(finding.seen())
        .isEqualTo("answered by 02:00:00:00:00:12 (cp-2), whose adverts are not heard");
  }

  @Test
  void severalStationsAreAFailureWhoeverTheyAre() {
    Finding finding = of(Set.of("cp-2"), MEMBER, STRANGER);
    assertThat(finding.result()).isEqualTo(Result.FAIL);
    assertThat(finding.seen())
        .isEqualTo("several stations answer: 02:00:00:00:00:12 (cp-2) and 02:00:00:00:00:aa");
  }
}
