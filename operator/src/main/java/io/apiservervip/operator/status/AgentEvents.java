package io.apiservervip.operator.status;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.api.v1alpha1.NodeRole;
import io.apiservervip.api.v1alpha1.NodeStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/** Events about single agents and about the API servers, and what is to be remembered of them. */
final class AgentEvents {
  private final Situation situation;
  private final Recollection before;
  private final EventBook book;

  AgentEvents(Situation situation, EventBook book) {
    this.situation = situation;
    this.before = situation.inputs().observation().before();
    this.book = book;
  }

  void roles() {
    for (NodeStatus entry : situation.agents().fresh()) {
      Sighting last = before.sightings().get(entry.name());
      NodeRole role = situation.agents().role(entry.name());
      if (last == null || role == null || role == last.role()) {
        continue;
      }
      String change = entry.name() + ": " + Agents.text(last.role()) + " -> " + Agents.text(role);
      if (role == NodeRole.FAULT) {
        book.warning("Fault", change + ", " + EntryMessage.text(entry));
      } else {
        book.normal("RoleChanged", change);
      }
    }
  }

  void silence() {
    for (String node : situation.agents().silent()) {
      if (before.members().contains(node) && !before.silent().contains(node)) {
        book.warning(
            "AgentSilent",
            node + " has sent no heartbeat for 150 s; look at its agent's pod, and at the node");
      }
    }
    for (String node : before.silent()) {
      if (situation.agents().entry(node) != null) {
        book.normal("AgentBack", node + " sends heartbeats again");
      }
    }
  }

  /** What agents say against the document, by node; new ones are told. */
  Map<String, String> refusals() {
    Map<String, String> refusals = new LinkedHashMap<>();
    for (NodeStatus entry : situation.agents().fresh()) {
      String refusal = EntryMessage.after(EntryMessage.REFUSED, entry);
      if (refusal != null) {
        refusals.put(entry.name(), refusal);
        if (!refusal.equals(before.refusals().get(entry.name()))) {
          book.warning(
              PlanConditions.DOCUMENT_REFUSED,
              entry.name() + " refuses the document and runs what it had: " + refusal);
        }
      }
    }
    return refusals;
  }

  /** Whether each API server is ready, by its address; changes are told. */
  Map<String, Boolean> backends() {
    Map<String, Boolean> states = new LinkedHashMap<>();
    for (BackendAddress backend : situation.backends().known()) {
      Boolean ready = situation.backends().ready().get(backend);
      Boolean last = before.backends().get(backend.text());
      if (ready == null) {
        if (last != null) {
          states.put(backend.text(), last);
        }
        continue;
      }
      states.put(backend.text(), ready);
      if (last != null && !last.equals(ready)) {
        tell(backend, ready);
      }
    }
    return states;
  }

  private void tell(BackendAddress backend, boolean ready) {
    if (ready) {
      book.normal("BackendUp", "API server " + backend.text() + " is up");
    } else {
      book.warning(
          "BackendDown",
          "API server "
              + backend.text()
              + " is not up: "
              + BackendCount.errors(backend, situation.agents()));
    }
  }
}
