package io.apiservervip.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.api.v1alpha1.ConditionStatusEntry;
import io.apiservervip.api.v1alpha1.NodeRole;
import io.apiservervip.api.v1alpha1.NodeStatus;
import io.apiservervip.operator.model.Note;
import io.apiservervip.operator.model.Refusal;
import io.apiservervip.operator.model.RefusalReason;
import io.apiservervip.operator.model.VipPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts, entries, and the conditions that depend on the plan and the agents. */
class StatusAssemblyTest {
  private static final Instant START = Stage.NOON.minusSeconds(600);
  private final Stage stage = new Stage();

  @BeforeEach
  void threeAgentsWithTheFirstActive() {
    stage
        .write(Entry.active("cp-1", START))
        .write(Entry.backup("cp-2", START))
        .write(Entry.backup("cp-3", START));
  }

  @Test
  void aGoodDoorIsTrueThroughout() {
    StatusPlan plan = stage.look();
    assertThat(Stage.verdict(plan, "Accepted")).isEqualTo("True Accepted");
    assertThat(Stage.verdict(plan, "Programmed")).isEqualTo("True AllAgents");
    assertThat(Stage.verdict(plan, "Ready")).isEqualTo("True Serving");
    assertThat(Stage.condition(plan, "Ready").message())
        .isEqualTo("cp-1 holds 10.99.0.50; 3 of 3 API servers are up");
    assertThat(Stage.verdict(plan, "SplitBrain")).isEqualTo("False OneActive");
    assertThat(plan.status().observedGeneration()).isEqualTo(3);
    assertThat(plan.status().virtualRouterId()).isEqualTo(50);
    assertThat(plan.status().activeNode()).isEqualTo("cp-1");
    assertThat(plan.status().readyBackends()).isEqualTo(3);
    assertThat(plan.status().backends()).isEqualTo(3);
    assertThat(plan.status().readyAgents()).isEqualTo(3);
    assertThat(plan.status().desiredAgents()).isEqualTo(3);
    assertThat(Objects.requireNonNull(plan.status().summary()).agents()).isEqualTo("3/3");
    assertThat(Objects.requireNonNull(plan.status().summary()).backends()).isEqualTo("3/3");
    assertThat(plan.status().nodes()).isNull();
    assertThat(plan.again()).isEqualTo(stage.now.plusSeconds(150));
  }

  @Test
  void transitionTimeChangesWithTheStatusAlone() {
    assertThat(Stage.condition(stage.look(), "Programmed").lastTransitionTime())
        .isEqualTo("2026-11-21T12:00:00Z");
    stage.pass(Duration.ofMillis(61_500)).write(Entry.active("cp-1", START));
    assertThat(Stage.condition(stage.look(), "Programmed").lastTransitionTime())
        .isEqualTo("2026-11-21T12:00:00Z");
    stage.write(Entry.backup("cp-2", START).runs(2), stage.now.plusMillis(1));
    ConditionStatusEntry turned = Stage.condition(stage.look(), "Programmed");
    assertThat(turned.lastTransitionTime()).isEqualTo("2026-11-21T12:01:01Z");
    assertThat(turned.message()).isEqualTo("generation 3 has not reached cp-2 yet");
    stage.pass(Duration.ofSeconds(1));
    stage.rollout = new Rollout.Moving("1 of 3 agents run image x; cp-2 is next");
    ConditionStatusEntry other = Stage.condition(stage.look(), "Programmed");
    assertThat(other.reason()).isEqualTo("RollingOut");
    assertThat(other.lastTransitionTime()).isEqualTo("2026-11-21T12:01:01Z");
  }

  @Test
  void anEntryThatIsSilentFor150SecondsBecomesUnknownAndIsGivenBack() {
    stage.look();
    stage.pass(Duration.ofSeconds(149));
    stage.write(Entry.active("cp-1", START)).write(Entry.backup("cp-2", START));
    assertThat(stage.look().status().nodes()).isNull();
    stage.pass(Duration.ofSeconds(1));
    StatusPlan plan = stage.look();
    assertThat(plan.status().nodes())
        .containsExactly(
            unknown(
                "cp-3",
                "no heartbeat since 2026-11-21T12:00:00Z: the agent is dead or cannot reach an API"
                    + " server, or the node is down; look at its pod, and at node-agent status"
                    + " there"));
    assertThat(plan.status().readyAgents()).isEqualTo(2);
    assertThat(Stage.condition(plan, "Programmed").message())
        .isEqualTo(
            "No heartbeat from the agents on cp-3; look at the pods there (label"
                + " apiservervip.io/vip), and at the node");
    assertThat(Stage.events(plan))
        .containsExactly(
            "Warning AgentSilent: cp-3 has sent no heartbeat for 150 s; look at its agent's pod, and"
                + " at the node");
    stage.pass(Duration.ofSeconds(1));
    StatusPlan still = stage.look();
    assertThat(still.status().nodes()).hasSize(1);
    assertThat(still.events()).isEmpty();
    stage.write(Entry.backup("cp-3", START));
    StatusPlan back = stage.look();
    assertThat(back.status().nodes()).isNull();
    assertThat(Stage.events(back)).containsExactly("Normal AgentBack: cp-3 sends heartbeats again");
  }

  @Test
  void entriesOfNodesThatLeftAreRemovedFromTheEnd() {
    stage.look();
    stage.plan = accepted(Stage.SPEC.replaceAll("(?m)^.*cp-[13],.*\n", ""));
    assertThat(stage.look().removals())
        .containsExactly(new EntryRemoval(2, "cp-3"), new EntryRemoval(0, "cp-1"));
  }

  @Test
  void anAgentThatSomebodyRunsElsewhereIsLeftAloneUntilItIsSilent() {
    stage.look();
    stage.write(Entry.backup("elsewhere", START));
    assertThat(stage.look().removals()).isEmpty();
    stage.pass(Duration.ofSeconds(150));
    assertThat(stage.look().removals()).containsExactly(new EntryRemoval(3, "elsewhere"));
  }

  @Test
  void oneAgentsWordTurnsNoBackendAndTwoOfThreeDo() {
    stage.look();
    List<String> down = List.of("10.99.0.12:6443");
    stage.pass(Duration.ofSeconds(1)).write(Entry.active("cp-1", START).down(down));
    StatusPlan one = stage.look();
    assertThat(one.status().readyBackends()).isEqualTo(3);
    assertThat(one.events()).isEmpty();
    stage.write(Entry.backup("cp-3", START).down(down));
    StatusPlan two = stage.look();
    assertThat(two.status().readyBackends()).isEqualTo(2);
    assertThat(Objects.requireNonNull(two.status().summary()).backends()).isEqualTo("2/3");
    assertThat(Stage.events(two))
        .containsExactly(
            "Warning BackendDown: API server 10.99.0.12:6443 is not up: connection refused (cp-1,"
                + " cp-3)");
    stage.pass(Duration.ofSeconds(1)).write(Entry.active("cp-1", START));
    assertThat(Stage.events(stage.look()))
        .containsExactly("Normal BackendUp: API server 10.99.0.12:6443 is up");
  }

  @Test
  void withoutAnyBackendTheDoorIsNotReadyAndSaysWhy() {
    List<String> all = List.of("10.99.0.11:6443", "10.99.0.12:6443", "10.99.0.13:6443");
    stage
        .write(Entry.active("cp-1", START).down(all))
        .write(Entry.backup("cp-2", START).down(all))
        .write(Entry.backup("cp-3", START).down(all));
    StatusPlan plan = stage.look();
    assertThat(Stage.verdict(plan, "Ready")).isEqualTo("False NoBackend");
    assertThat(Stage.condition(plan, "Ready").message())
        .startsWith(
            "cp-1 holds 10.99.0.50; 0 of 3 API servers are up, so all are tried; start them."
                + " 10.99.0.11:6443: connection refused (cp-1, cp-2, cp-3); ");
  }

  @Test
  void beforeAnybodyCheckedTheBackendsReadyIsUnknown() {
    stage
        .write(Entry.active("cp-1", START).down(null))
        .write(Entry.backup("cp-2", START).down(null))
        .write(Entry.backup("cp-3", START).down(null));
    assertThat(Stage.verdict(stage.look(), "Ready")).isEqualTo("Unknown BackendsUnknown");
  }

  @Test
  void aDocumentThatAnAgentRefusesIsTold() {
    stage.look();
    stage.write(
        Entry.backup("cp-2", START)
            .runs(2)
            .says("the document is refused: vrrp.group: is not known; something else"),
        stage.now.plusMillis(1));
    StatusPlan plan = stage.look();
    assertThat(Stage.condition(plan, "Programmed").message())
        .isEqualTo(
            "cp-2: vrrp.group: is not known; these run what they had. Change the field, or bring"
                + " agents and operator to one version");
    assertThat(Stage.events(plan))
        .containsExactly(
            "Warning DocumentRefused: cp-2 refuses the document and runs what it had: vrrp.group: is"
                + " not known");
  }

  @Test
  void aRollOutThatStoppedSaysWhere() {
    stage.rollout = new Rollout.Stopped("cp-3", "image x cannot be pulled; correct agent.image");
    StatusPlan plan = stage.look();
    assertThat(Stage.verdict(plan, "Programmed")).isEqualTo("False RolloutStopped");
    assertThat(Stage.events(plan))
        .contains(
            "Warning RolloutStopped: node cp-3: image x cannot be pulled; correct agent.image");
    assertThat(stage.look().events()).isEmpty();
  }

  @Test
  void anAgentThatRunsAndWritesNothingIsToldAfterHalfAMinute() {
    stage.look();
    stage.pass(Duration.ofSeconds(1));
    stage.begun.put("cp-2", stage.now);
    stage.pass(Duration.ofSeconds(29));
    StatusPlan early = stage.look();
    assertThat(Stage.verdict(early, "Programmed")).isEqualTo("True AllAgents");
    assertThat(early.again()).isEqualTo(stage.now.plusSeconds(1));
    stage.pass(Duration.ofSeconds(1));
    StatusPlan plan = stage.look();
    assertThat(Stage.verdict(plan, "Programmed")).isEqualTo("False StatusNotWritten");
    assertThat(Stage.condition(plan, "Programmed").message())
        .startsWith(
            "The agents on cp-2 run and have written no status since they began: they may not, or"
                + " reach no API server");
    assertThat(plan.events()).hasSize(1);
    assertThat(stage.look().events()).isEmpty();
    stage.write(Entry.backup("cp-2", START));
    assertThat(Stage.verdict(stage.look(), "Programmed")).isEqualTo("True AllAgents");
  }

  @Test
  void whatHindersTheOperatorTurnsProgrammedAndLeavesTheRest() {
    StatusPlan before = stage.look();
    StatusPlan plan =
        HinderedStatus.of(before.status(), before.memory(), 4, "nodes is forbidden", stage.now);
    assertThat(Stage.verdict(plan, "Programmed")).isEqualTo("False OperatorHindered");
    assertThat(Stage.condition(plan, "Programmed").message())
        .isEqualTo(
            "nodes is forbidden; until then nothing here is kept up to date, and agents go on as"
                + " they are");
    assertThat(Stage.condition(plan, "Programmed").observedGeneration()).isEqualTo(4);
    assertThat(Stage.verdict(plan, "Ready")).isEqualTo("True Serving");
    assertThat(plan.status().activeNode()).isEqualTo("cp-1");
    assertThat(plan.status().observedGeneration()).isEqualTo(3);
    assertThat(Stage.events(plan))
        .containsExactly(
            "Warning OperatorHindered: nodes is forbidden; until then nothing here is kept up to"
                + " date, and agents go on as they are");
    assertThat(
            HinderedStatus.of(plan.status(), plan.memory(), 4, "nodes is forbidden", stage.now)
                .events())
        .isEmpty();
  }

  @Test
  void aRefusedSpecSaysWhyAndTheDoorThatIsInForceStaysReady() {
    stage.look();
    Refusal refusal =
        new Refusal(RefusalReason.CONFLICT, "spec.addresses", "10.99.0.50 is taken by elder");
    stage.plan = new VipPlan.Refused(4, refusal, Stage.document(Stage.SPEC), null);
    StatusPlan plan = stage.look();
    assertThat(Stage.verdict(plan, "Accepted")).isEqualTo("False Conflict");
    assertThat(Stage.condition(plan, "Programmed").message())
        .isEqualTo(
            "Generation 3 stays in force, because of spec.addresses: 10.99.0.50 is taken by elder");
    assertThat(Stage.verdict(plan, "Ready")).isEqualTo("True Serving");
    assertThat(plan.status().observedGeneration()).isEqualTo(4);
    assertThat(Stage.events(plan))
        .containsExactly("Warning Conflict: spec.addresses: 10.99.0.50 is taken by elder");
    assertThat(stage.look().events()).isEmpty();
    stage.plan = accepted(Stage.SPEC);
    assertThat(Stage.events(stage.look()))
        .containsExactly("Normal Accepted: The spec is carried out.");
  }

  @Test
  void whatIsWithheldIsToldByProgrammed() {
    Refusal held = new Refusal(RefusalReason.CONFLICT, "spec.addresses", "is still held by b");
    stage.plan =
        new VipPlan.Accepted(4, Stage.document(Stage.SPEC), Map.of(), null, null, List.of(), held);
    StatusPlan plan = stage.look();
    assertThat(Stage.verdict(plan, "Accepted")).isEqualTo("True Accepted");
    assertThat(Stage.condition(plan, "Programmed").message())
        .isEqualTo("Generation 3 stays in force, because of spec.addresses: is still held by b");
  }

  @Test
  void notesStandInAccepted() {
    stage.plan =
        new VipPlan.Accepted(
            3,
            Stage.document(Stage.SPEC),
            Map.of(),
            null,
            null,
            List.of(new Note("spec.nodeLocal", "is not carried out")),
            null);
    assertThat(Stage.condition(stage.look(), "Accepted").message())
        .isEqualTo("The spec is carried out. To be known: spec.nodeLocal: is not carried out");
  }

  private static VipPlan accepted(String spec) {
    return new VipPlan.Accepted(3, Stage.document(spec), Map.of(), null, null, List.of(), null);
  }

  private static NodeStatus unknown(String node, String message) {
    return new NodeStatus(
        node,
        NodeRole.UNKNOWN,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        message,
        null,
        null);
  }
}
