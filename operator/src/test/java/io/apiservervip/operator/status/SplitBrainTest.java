package io.apiservervip.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SplitBrainTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Instant START = Stage.NOON.minusSeconds(600);
  private final Stage stage = new Stage();

  @BeforeEach
  void threeAgentsWithTheFirstActive() {
    stage
        .write(Entry.active("cp-1", START))
        .write(Entry.backup("cp-2", START))
        .write(Entry.backup("cp-3", START))
        .look();
    stage.pass(SECOND);
  }

  @Test
  void twoClaimsThatAreBothWrittenOnAreASplitBrain() {
    Instant claimed = stage.now;
    stage.write(Entry.active("cp-2", claimed)).look();
    stage.pass(Duration.ofMillis(2900)).write(Entry.active("cp-1", START));
    assertThat(Stage.verdict(stage.look(), "SplitBrain")).isEqualTo("False OneActive");
    stage.pass(Duration.ofMillis(100)).write(Entry.active("cp-1", START));
    StatusPlan plan = stage.look();
    assertThat(Stage.verdict(plan, "SplitBrain")).isEqualTo("True TwoActives");
    assertThat(Stage.verdict(plan, "Ready")).isEqualTo("False SplitBrain");
    assertThat(Stage.events(plan))
        .containsExactly(
            "Warning SplitBrain: cp-1 and cp-2 both hold the addresses: IP protocol 112 is filtered"
                + " between them, or the VRID or the password differs; let protocol 112 pass between"
                + " the nodes, and compare status.nodes[].peers");
    assertThat(stage.pass(SECOND).look().events()).isEmpty();
    stage.pass(SECOND).write(Entry.backup("cp-1", stage.now));
    StatusPlan ended = stage.look();
    assertThat(Stage.verdict(ended, "SplitBrain")).isEqualTo("False OneActive");
    assertThat(Stage.events(ended))
        .containsExactly(
            "Normal RoleChanged: cp-1: Active -> Backup",
            "Normal SplitBrainEnded: cp-2 alone holds the addresses");
  }

  @Test
  void anAgentsOwnVerdictCountsAtOnce() {
    stage.write(
        Entry.backup("cp-3", START)
            .says(
                "split brain: cp-1 and cp-2 are both Active: the passwords differ (adverts are"
                    + " rejected here as auth-failure); no translation: nft is missing"));
    StatusPlan plan = stage.look();
    assertThat(Stage.condition(plan, "SplitBrain").message())
        .isEqualTo(
            "cp-1 and cp-2 are both Active: the passwords differ (adverts are rejected here as"
                + " auth-failure) (says cp-3); let protocol 112 pass between the nodes, with one"
                + " virtualRouterId and one password for all");
  }

  @Test
  void anActiveThatGoesOnHearingAnotherIsEvidenceAfterThreeSeconds() {
    stage.write(Entry.active("cp-1", START).hears("cp-2", true, stage.now));
    StatusPlan first = stage.look();
    assertThat(Stage.verdict(first, "SplitBrain")).isEqualTo("False OneActive");
    assertThat(first.again()).isEqualTo(stage.now.plusSeconds(3));
    stage.pass(Duration.ofMillis(2900));
    assertThat(Stage.verdict(stage.look(), "SplitBrain")).isEqualTo("False OneActive");
    stage.pass(Duration.ofMillis(100));
    assertThat(Stage.condition(stage.look(), "SplitBrain").message())
        .startsWith("cp-1 is Active and hears cp-2 advertise as Active too: ");
  }

  @Test
  void whoHasJustTakenOverAndStillHearsTheOldOneIsNoEvidence() {
    Instant claimed = stage.now;
    stage.write(Entry.active("cp-2", claimed).hears("cp-1", true, claimed.plusMillis(200)));
    for (int second = 0; second < 60; second++) {
      assertThat(Stage.verdict(stage.look(), "SplitBrain")).isEqualTo("False OneActive");
      stage.pass(SECOND);
    }
  }

  @Test
  void aHeartbeatInTheMiddleOfAMoveIsNoEvidence() {
    stage.write(Entry.active("cp-1", START).hears("cp-2", true, stage.now)).look();
    stage
        .pass(SECOND)
        .write(Entry.backup("cp-1", stage.now))
        .write(Entry.active("cp-2", stage.now));
    stage.look();
    stage.pass(Duration.ofSeconds(10));
    assertThat(Stage.verdict(stage.look(), "SplitBrain")).isEqualTo("False OneActive");
  }

  @Test
  void evidenceMustLastTwiceTheLifetimeWhereThatIsLonger() {
    String spec = Stage.SPEC.replace("members:", "vrrp: {addressLifetime: 4s}\n  members:");
    assertThat(SplitBrainJudge.patience(Stage.document(spec))).isEqualTo(Duration.ofSeconds(8));
    assertThat(SplitBrainJudge.patience(Stage.document(Stage.SPEC)))
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aNewLeaderDoesNotCryBecauseClocksDiffer() {
    Instant ahead = stage.now.plusSeconds(60);
    stage.newLeader();
    stage
        .write(Entry.active("cp-2", stage.now.minusSeconds(20)))
        .write(Entry.active("cp-1", START), ahead);
    assertThat(Stage.verdict(stage.look(), "SplitBrain")).isEqualTo("False OneActive");
  }

  @Test
  void aNewLeaderNeitherEndsNorBeginsASplitBrainThatGoesOn() {
    stage.write(Entry.active("cp-2", stage.now)).look();
    stage.pass(Duration.ofSeconds(4)).write(Entry.active("cp-1", START));
    assertThat(Stage.verdict(stage.look(), "SplitBrain")).isEqualTo("True TwoActives");
    stage.pass(SECOND).newLeader();
    StatusPlan plan = stage.look();
    assertThat(Stage.verdict(plan, "SplitBrain")).isEqualTo("True TwoActives");
    assertThat(plan.events()).isEmpty();
  }
}
