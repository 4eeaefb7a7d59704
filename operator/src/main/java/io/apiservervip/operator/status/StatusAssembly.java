package io.apiservervip.operator.status;

import io.apiservervip.api.v1alpha1.ApiServerVipStatus;
import io.apiservervip.api.v1alpha1.CertificateStatus;
import io.apiservervip.api.v1alpha1.ConditionStatusEntry;
import io.apiservervip.api.v1alpha1.NodeStatus;
import io.apiservervip.api.v1alpha1.StatusSummary;
import io.apiservervip.operator.status.Recollection.Election;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From the plan and the agents' entries to the status, its removals and the Events. */
public final class StatusAssembly {
  private final StatusInputs inputs;
  private final Situation situation;
  private final EventBook book = new EventBook();

  private StatusAssembly(StatusInputs inputs) {
    this.inputs = inputs;
    this.situation = Situation.of(inputs);
  }

  /** The next status; the time is that of the observation. */
  public static StatusPlan assemble(StatusInputs inputs) {
    return new StatusAssembly(inputs).assemble();
  }

  private StatusPlan assemble() {
    Election election = new ElectionEvents(situation, book).raise();
    AgentEvents agents = new AgentEvents(situation, book);
    agents.roles();
    agents.silence();
    Recollection recollection =
        new Recollection(
            inputs.observation().sightings(),
            situation.agents().members(),
            situation.agents().silent(),
            agents.refusals(),
            agents.backends(),
            election);
    ApiServerVipStatus status = status(conditions());
    return new StatusPlan(
        status,
        Entries.removals(situation),
        book.events(),
        new StatusMemory(recollection),
        again(election));
  }

  private List<ConditionStatusEntry> conditions() {
    Map<ConditionType, Judgement> judged = new EnumMap<>(ConditionType.class);
    Judgement service = ServiceCondition.of(inputs.plan(), inputs.service());
    judged.put(ConditionType.ACCEPTED, PlanConditions.accepted(inputs.plan()));
    judged.put(ConditionType.PROGRAMMED, PlanConditions.programmed(situation));
    judged.put(ConditionType.READY, ReadyCondition.of(situation, service));
    judged.put(ConditionType.SPLIT_BRAIN, splitBrain());
    judged.put(ConditionType.CERTIFICATE_COVERED, CertificateCondition.of(inputs));
    judged.put(ConditionType.SERVICE_SYNCED, service);
    ConditionEvents events = new ConditionEvents(book);
    List<ConditionStatusEntry> conditions = new ArrayList<>();
    judged.forEach(
        (type, judgement) -> {
          ConditionStatusEntry stored = type.stored(inputs.stored());
          ConditionStatusEntry entry =
              type.entry(judgement, stored, inputs.plan().generation(), situation.now());
          events.turned(type, stored, entry);
          conditions.add(entry);
        });
    return conditions;
  }

  private Judgement splitBrain() {
    if (situation.splitBrain() != null) {
      return Judgement.yes("TwoActives", situation.splitBrain());
    }
    if (!situation.virtual()) {
      return Judgement.no("NoAddresses", "there are no virtual addresses");
    }
    return situation.holder() == null
        ? Judgement.no("NoActive", "nobody holds the addresses")
        : Judgement.no("OneActive", situation.holder() + " alone holds the addresses");
  }

  private ApiServerVipStatus status(List<ConditionStatusEntry> conditions) {
    BackendCount backends = situation.backends();
    int desired = situation.agents().members().size();
    int ready = situation.agents().ready().size();
    boolean agents = desired > 0;
    List<NodeStatus> silent = Entries.silent(situation);
    List<CertificateStatus> certificates = CertificateCondition.statuses(inputs);
    return new ApiServerVipStatus(
        inputs.plan().generation(),
        inputs.plan().virtualRouterId(),
        situation.holder(),
        backends.readyCount(),
        backends.total(),
        agents ? ready : null,
        agents ? desired : null,
        new StatusSummary(
            backends.readyCount() + "/" + backends.total(), agents ? ready + "/" + desired : null),
        conditions,
        silent.isEmpty() ? null : silent,
        certificates.isEmpty() ? null : certificates,
        ServiceCondition.status(inputs.plan(), inputs.service()));
  }

  private @Nullable Instant again(Election election) {
    Instant rivals = situation.rivalsSince();
    Instant nobody = election.told() ? null : election.nobodySince();
    return Stream.of(
            situation.agents().nextSilence(),
            MuteAgents.next(situation),
            rivals == null ? null : rivals.plus(SplitBrainJudge.patience(inputs.plan().document())),
            nobody == null ? null : nobody.plus(ElectionEvents.GAP))
        .filter(Objects::nonNull)
        .filter(time -> time.isAfter(situation.now()))
        .min(Instant::compareTo)
        .orElse(null);
  }
}
