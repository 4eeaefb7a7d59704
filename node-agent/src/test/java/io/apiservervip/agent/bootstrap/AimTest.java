package io.apiservervip.agent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.bootstrap.Aim.AtServer;
import io.apiservervip.agent.bootstrap.Aim.AtVip;
import io.apiservervip.agent.bootstrap.Aim.Seen;
import io.apiservervip.agent.bootstrap.Aim.Stay;
import java.util.List;
import org.junit.jupiter.api.Test;

class AimTest {
  private static final Seen NO_VIP_YET = down("10.99.0.50");

  private static Seen up(String address) {
    return new Seen(address, 6443, true, true, null);
  }

  private static Seen down(String address) {
    return new Seen(address, 6443, true, false, "connection refused");
  }

  private static Seen unknown(String address) {
    return new Seen(address, 6443, false, false, null);
  }

  @Test
  void firstServerThatAnswersIsTaken() {
    assertThat(
            Aim.choose(
                null, NO_VIP_YET, List.of(down("10.99.0.11"), up("10.99.0.12"), up("10.99.0.13"))))
        .isEqualTo(new AtServer("10.99.0.12"));
  }

  @Test
  void serverThatAnswersIsKeptThoughOneBeforeItComesBack() {
    assertThat(Aim.choose("10.99.0.12", NO_VIP_YET, List.of(up("10.99.0.11"), up("10.99.0.12"))))
        .isEqualTo(new AtServer("10.99.0.12"));
  }

  @Test
  void serverThatCeasesToAnswerIsLeftForTheNextOne() {
    assertThat(
            Aim.choose(
                "10.99.0.12",
                NO_VIP_YET,
                List.of(unknown("10.99.0.11"), down("10.99.0.12"), up("10.99.0.13"))))
        .isEqualTo(new AtServer("10.99.0.13"));
  }

  @Test
  void withNobodyThatAnswersNothingIsChanged() {
    assertThat(Aim.choose(null, NO_VIP_YET, List.of(down("10.99.0.11")))).isEqualTo(new Stay());
    assertThat(Aim.choose("10.99.0.11", NO_VIP_YET, List.of(down("10.99.0.11"))))
        .isEqualTo(new Stay());
  }

  @Test
  void virtualAddressGoesBeforeEveryServer() {
    assertThat(Aim.choose("10.99.0.11", up("10.99.0.50"), List.of(up("10.99.0.11"))))
        .isEqualTo(new AtVip("10.99.0.50"));
    assertThat(Aim.choose(null, up("10.99.0.50"), List.of(down("10.99.0.11"))))
        .isEqualTo(new AtVip("10.99.0.50"));
  }

  @Test
  void nameThatPointsAtADeadVirtualAddressGoesToAServer() {
    assertThat(Aim.choose("10.99.0.50", NO_VIP_YET, List.of(up("10.99.0.11"))))
        .isEqualTo(new AtServer("10.99.0.11"));
  }

  @Test
  void beforeTheVirtualAddressWasAskedNothingIsDone() {
    assertThat(Aim.choose(null, unknown("10.99.0.50"), List.of(up("10.99.0.11"))))
        .isEqualTo(new Stay());
  }

  @Test
  void withoutAVirtualAddressAServerIsEnough() {
    assertThat(Aim.choose(null, null, List.of(up("10.99.0.11"))))
        .isEqualTo(new AtServer("10.99.0.11"));
  }

  @Test
  void textSaysWhatIsKnown() {
    assertThat(up("fd99::11").text()).isEqualTo("[fd99::11]:6443: answers");
    assertThat(down("10.99.0.11").text()).isEqualTo("10.99.0.11:6443: connection refused");
    assertThat(unknown("10.99.0.11").text()).isEqualTo("10.99.0.11:6443: not answered yet");
  }
}
