package io.apiservervip.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who holds the addresses, as entries come in. */
class ElectionTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private final Stage stage = new Stage();

  @BeforeEach
  void threeAgentsWithTheFirstActive() {
    Instant start = Stage.NOON.minusSeconds(600);
    stage
        .write(Entry.active("cp-1", start))
        .write(Entry.backup("cp-2", start))
        .write(Entry.backup("cp-3", start));
    StatusPlan first = stage.look();
    assertThat(first.status().activeNode()).isEqualTo("cp-1");
    assertThat(Stage.events(first)).containsExactly("Normal Active: cp-1 holds the addresses");
    stage.pass(SECOND);
  }

  @Test
  void afterACrashTheNewClaimIsValidAtOnceAndNoSplitBrainIsCried() {
    Instant claimed = stage.now;
    stage.write(Entry.active("cp-2", claimed).hears("cp-1", false, claimed.minusMillis(320)));
    StatusPlan plan = stage.look();
    assertThat(plan.status().activeNode()).isEqualTo("cp-2");
    assertThat(Stage.verdict(plan, "Ready")).isEqualTo("True Serving");
    assertThat(Stage.events(plan))
        .containsExactly(
            "Warning FailedOver: cp-2 took the addresses over from cp-1, 320 ms after its last"
                + " advert",
            "Normal RoleChanged: cp-2: Backup -> Active");
    for (int second = 0; second < 300; second += 10) {
      stage.pass(Duration.ofSeconds(10));
      if (second % 60 == 0) {
        stage.write(Entry.active("cp-2", claimed)).write(Entry.backup("cp-3", Stage.NOON));
      }
      StatusPlan later = stage.look();
      assertThat(later.status().activeNode()).isEqualTo("cp-2");
      assertThat(Stage.verdict(later, "SplitBrain")).isEqualTo("False OneActive");
    }
  }

  @Test
  void aWriteOfTheCrashedOneThatArrivesLateIsNoEvidence() {
    Instant claimed = stage.now;
    stage.write(Entry.active("cp-2", claimed)).look();
    stage.pass(SECOND).write(Entry.active("cp-1", Stage.NOON.minusSeconds(600)));
    stage.look();
    for (int second = 0; second < 300; second += 5) {
      stage.pass(Duration.ofSeconds(5)).write(Entry.active("cp-2", claimed));
      assertThat(Stage.verdict(stage.look(), "SplitBrain")).isEqualTo("False OneActive");
    }
    assertThat(stage.look().status().activeNode()).isEqualTo("cp-2");
  }

  @Test
  void inAPlannedMoveNobodyIsMissed() {
    stage.write(Entry.backup("cp-1", stage.now));
    StatusPlan between = stage.look();
    assertThat(between.status().activeNode()).isNull();
    assertThat(Stage.verdict(between, "Ready")).isEqualTo("False NoActive");
    assertThat(Stage.events(between)).containsExactly("Normal RoleChanged: cp-1: Active -> Backup");
    assertThat(between.again()).isEqualTo(stage.now.plusSeconds(3));
    stage.pass(SECOND);
    stage.write(Entry.active("cp-2", stage.now).hears("cp-1", false, stage.now.minusMillis(12)));
    assertThat(Stage.events(stage.look()))
        .containsExactly(
            "Normal HandedOver: cp-1 gave the addresses away, cp-2 has them, 12 ms after its last"
                + " advert",
            "Normal RoleChanged: cp-2: Backup -> Active");
  }

  @Test
  void whenNobodyHoldsThemForThreeSecondsThatIsToldOnce() {
    stage.write(Entry.fault("cp-1", stage.now, "link eth0 is down")).look();
    stage.pass(Duration.ofSeconds(3));
    StatusPlan plan = stage.look();
    assertThat(Stage.events(plan))
        .containsExactly(
            "Warning NoActive: cp-1 does not hold the addresses any more, and nobody else does; see"
                + " condition Ready");
    assertThat(Stage.condition(plan, "Ready").message())
        .isEqualTo(
            "nobody holds the addresses: cp-1 is Fault (link eth0 is down), cp-2 is Backup, cp-3 is"
                + " Backup; look at the agents there (status.nodes, node-agent status)");
    assertThat(stage.pass(SECOND).look().events()).isEmpty();
    stage.pass(SECOND).write(Entry.active("cp-1", stage.now));
    assertThat(Stage.events(stage.look()))
        .containsExactly(
            "Normal Active: cp-1 holds the addresses again",
            "Normal RoleChanged: cp-1: Fault -> Active");
  }

  @Test
  void aClaimThatIsWrittenAgainAfterTheNewerOneStandsAndTheHolderStays() {
    stage.write(Entry.active("cp-2", stage.now)).look();
    stage.pass(SECOND).write(Entry.active("cp-1", Stage.NOON.minusSeconds(600)));
    assertThat(stage.look().status().activeNode()).isEqualTo("cp-2");
  }

  @Test
  void clocksOfNodesThatAreWrongTurnNothing() {
    Instant wrong = stage.now.minus(Duration.ofHours(2));
    stage.write(Entry.active("cp-2", wrong), wrong);
    StatusPlan plan = stage.look();
    assertThat(plan.status().activeNode()).isEqualTo("cp-2");
    assertThat(plan.status().readyAgents()).isEqualTo(3);
    stage.pass(Duration.ofSeconds(149));
    assertThat(stage.look().status().activeNode()).isEqualTo("cp-2");
  }

  @Test
  void aNewLeaderGoesOnWithTheSameHolderAndRaisesNothing() {
    stage.write(Entry.active("cp-2", stage.now)).look();
    stage.pass(SECOND).newLeader();
    StatusPlan plan = stage.look();
    assertThat(plan.status().activeNode()).isEqualTo("cp-2");
    assertThat(plan.events()).isEmpty();
  }

  @Test
  void aNewLeaderTellsOfAMoveThatItsPredecessorDidNotSee() {
    stage.newLeader().write(Entry.active("cp-3", stage.now));
    assertThat(Stage.events(stage.look()))
        .containsExactly("Warning FailedOver: cp-3 took the addresses over from cp-1");
  }
}
