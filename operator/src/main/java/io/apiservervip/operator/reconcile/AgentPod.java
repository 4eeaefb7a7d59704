package io.apiservervip.operator.reconcile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pod of an agent, as far as a roll-out depends on it.
 *
 * @param uid guards the deletion: only this very pod is meant
 * @param node where it is, or where it belongs while no scheduler has placed it
 * @param template what the DaemonSet's template was when the pod was made
 * @param leaving when the grace of its deletion ends; null: it is not being deleted
 * @param since when it got its present readiness
 * @param begun since when its agent runs, by the node's clock; null: it does not
 */
record AgentPod(
    String name,
    String uid,
    String node,
    String template,
    @Nullable Instant leaving,
    boolean ready,
    Instant since,
    @Nullable Instant begun,
    PodTrouble trouble) {}
