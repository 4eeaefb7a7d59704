package io.apiservervip.operator.status;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.api.v1alpha1.NodeStatus;
import io.apiservervip.operator.model.Note;
import io.apiservervip.operator.model.Refusal;
import io.apiservervip.operator.model.VipPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conditions Accepted and Programmed: what became of the spec. */
final class PlanConditions {
  static final String ROLLOUT_STOPPED = "RolloutStopped";
  static final String DOCUMENT_REFUSED = "DocumentRefused";
  static final String STATUS_NOT_WRITTEN = "StatusNotWritten";
  static final String HINDERED = "OperatorHindered";

  private PlanConditions() {}

  static Judgement accepted(VipPlan plan) {
    return switch (plan) {
      case VipPlan.Refused refused ->
          Judgement.no(refused.refusal().reason().text(), refused.refusal().line());
      case VipPlan.Accepted accepted when accepted.notes().isEmpty() ->
          Judgement.yes("Accepted", "The spec is carried out.");
      case VipPlan.Accepted accepted ->
          Judgement.yes(
              "Accepted",
              "The spec is carried out. To be known: "
                  + accepted.notes().stream().map(Note::line).collect(Collectors.joining("; ")));
    };
  }

  static Judgement programmed(Situation situation) {
    return switch (situation.inputs().plan()) {
      case VipPlan.Refused refused -> stays(refused.refusal(), refused.document());
      case VipPlan.Accepted accepted -> carriedOut(situation, accepted);
    };
  }

  private static Judgement carriedOut(Situation situation, VipPlan.Accepted accepted) {
    Refusal withheld = accepted.withheld();
    if (withheld != null) {
      return stays(withheld, accepted.document());
    }
    return accepted.document() == null
        ? withoutAgents(situation)
        : rolledOut(situation, accepted.generation());
  }

  private static Judgement stays(Refusal refusal, @Nullable AgentConfig document) {
    return Judgement.no(
        refusal.reason().text(),
        (document == null
                ? "No agent has been given anything"
                : "Generation " + document.generation() + " stays in force")
            + ", because of "
            + refusal.line());
  }

  private static Judgement withoutAgents(Situation situation) {
    boolean wanted = situation.inputs().plan().service() != null;
    return wanted
        ? Judgement.yes("NoAgentsNeeded", "The Service needs no agents.")
        : Judgement.no(
            "NotImplemented",
            "spec.nodeLocal is not carried out yet, and nothing else is wanted; give an address,"
                + " or set service.enabled: true");
  }

  private static Judgement rolledOut(Situation situation, long generation) {
    return switch (situation.inputs().rollout()) {
      case Rollout.Stopped(String node, String message) ->
          Judgement.no(ROLLOUT_STOPPED, node.isEmpty() ? message : "node " + node + ": " + message);
      case Rollout.Moving(String message) -> Judgement.no("RollingOut", message);
      case Rollout.Complete complete -> running(situation, generation);
      case Rollout.NotOurs notOurs -> running(situation, generation);
    };
  }

  private static Judgement running(Situation situation, long generation) {
    Agents agents = situation.agents();
    List<String> refusing = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<String> behind = new ArrayList<>();
    for (String node : agents.members()) {
      NodeStatus entry = agents.entry(node);
      if (entry == null) {
        missing.add(node);
        continue;
      }
      String refusal = EntryMessage.after(EntryMessage.REFUSED, entry);
      if (refusal != null) {
        refusing.add(node + ": " + refusal);
      } else if (Objects.requireNonNullElse(entry.observedGeneration(), -1L) < generation) {
        behind.add(node);
      }
    }
    if (!refusing.isEmpty()) {
      return Judgement.no(
          DOCUMENT_REFUSED,
          String.join("; ", refusing)
              + "; these run what they had. Change the field, or bring agents and operator to one"
              + " version");
    }
    List<String> mute = MuteAgents.of(situation);
    if (!mute.isEmpty()) {
      return Judgement.no(
          STATUS_NOT_WRITTEN,
          "The agents on "
              + String.join(", ", mute)
              + " run and have written no status since they began: they may not, or reach no API"
              + " server; their log says which. If it says forbidden, apply the chart or the"
              + " manifests of this release again: the roles of the ServiceAccount"
              + " apiserver-vip-agent are gone");
    }
    if (!missing.isEmpty()) {
      return Judgement.no(
          "AgentsMissing",
          "No heartbeat from the agents on "
              + String.join(", ", missing)
              + "; look at the pods there (label apiservervip.io/vip), and at the node");
    }
    return behind.isEmpty()
        ? Judgement.yes(
            "AllAgents", "All " + agents.members().size() + " agents run generation " + generation)
        : Judgement.no(
            "Applying",
            "generation " + generation + " has not reached " + String.join(", ", behind) + " yet");
  }
}
