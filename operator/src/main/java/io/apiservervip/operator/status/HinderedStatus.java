package io.apiservervip.operator.status;

import io.apiservervip.api.v1alpha1.ApiServerVipStatus;
import io.apiservervip.api.v1alpha1.ConditionStatusEntry;
import io.apiservervip.api.v1alpha1.NodeRole;
import io.apiservervip.api.v1alpha1.NodeStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The status of a resource that the operator cannot work on, because it may not read or write what
 * it needs: Programmed says so, and all else stands as it did.
 */
public final class HinderedStatus {
  private HinderedStatus() {}

  /**
   * What to write and tell.
   *
   * @param stored the status as it stands; null: none yet
   * @param why the API server's words, with the remedy
   */
  public static StatusPlan of(
      @Nullable ApiServerVipStatus stored,
      StatusMemory memory,
      long generation,
      String why,
      Instant now) {
    Judgement judgement =
        Judgement.no(
            PlanConditions.HINDERED,
            why + "; until then nothing here is kept up to date, and agents go on as they are");
    ConditionStatusEntry before = ConditionType.PROGRAMMED.stored(stored);
    ConditionStatusEntry next = ConditionType.PROGRAMMED.entry(judgement, before, generation, now);
    EventBook book = new EventBook();
    new ConditionEvents(book).turned(ConditionType.PROGRAMMED, before, next);
    return new StatusPlan(with(stored, next), List.of(), book.events(), memory, null);
  }

  private static ApiServerVipStatus with(
      @Nullable ApiServerVipStatus stored, ConditionStatusEntry programmed) {
    Map<ConditionType, ConditionStatusEntry> conditions = new EnumMap<>(ConditionType.class);
    for (ConditionType type : ConditionType.values()) {
      ConditionStatusEntry entry = type.stored(stored);
      if (entry != null) {
        conditions.put(type, entry);
      }
    }
    conditions.put(ConditionType.PROGRAMMED, programmed);
    List<ConditionStatusEntry> all = new ArrayList<>(conditions.values());
    if (stored == null) {
      return new ApiServerVipStatus(
          null, null, null, null, null, null, null, null, all, null, null, null);
    }
    List<NodeStatus> silent = silent(stored);
    return new ApiServerVipStatus(
        stored.observedGeneration(),
        stored.virtualRouterId(),
        stored.activeNode(),
        stored.readyBackends(),
        stored.backends(),
        stored.readyAgents(),
        stored.desiredAgents(),
        stored.summary(),
        all,
        silent.isEmpty() ? null : silent,
        stored.certificates(),
        stored.service());
  }

  /** What the operator wrote into entries of agents that fell silent is written once more. */
  private static List<NodeStatus> silent(ApiServerVipStatus stored) {
    List<NodeStatus> silent = new ArrayList<>();
    for (NodeStatus entry : Objects.requireNonNullElse(stored.nodes(), List.<NodeStatus>of())) {
      if (entry.role() == NodeRole.UNKNOWN) {
        silent.add(Entries.unknown(entry.name(), entry.message()));
      }
    }
    return silent;
  }
}
