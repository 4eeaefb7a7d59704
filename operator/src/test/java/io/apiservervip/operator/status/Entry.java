package io.apiservervip.operator.status;

import io.apiservervip.api.v1alpha1.BackendState;
import io.apiservervip.api.v1alpha1.BackendStatus;
import io.apiservervip.api.v1alpha1.NodeRole;
import io.apiservervip.api.v1alpha1.NodeStatus;
import io.apiservervip.api.v1alpha1.PeerStatus;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An agent's entry that is about to be written.
 *
 * @param since time of its last transition, in text
 */
record Entry(
    String node,
    NodeRole role,
    String since,
    long generation,
    String message,
    List<PeerStatus> peers,
    @Nullable List<BackendStatus> backends) {

  private static final List<String> SERVERS =
      List.of("10.99.0.11:6443", "10.99.0.12:6443", "10.99.0.13:6443");

  static Entry active(String node, Instant since) {
    return new Entry(node, NodeRole.ACTIVE, since.toString(), 3, "", List.of(), up());
  }

  static Entry backup(String node, Instant since) {
    return new Entry(node, NodeRole.BACKUP, since.toString(), 3, "", List.of(), up());
  }

  static Entry fault(String node, Instant since, String message) {
    return new Entry(node, NodeRole.FAULT, since.toString(), 3, message, List.of(), up());
  }

  Entry hears(String other, boolean heard, Instant last) {
    List<PeerStatus> more =
        Stream.concat(peers.stream(), Stream.of(new PeerStatus(other, heard, last.toString())))
            .toList();
    return new Entry(node, role, since, generation, message, more, backends);
  }

  Entry says(String words) {
    return new Entry(node, role, since, generation, words, peers, backends);
  }

  Entry runs(long other) {
    return new Entry(node, role, since, other, message, peers, backends);
  }

  /** Of the three API servers these are down; null: it says nothing of any. */
  Entry down(@Nullable List<String> servers) {
    List<BackendStatus> told =
        servers == null
            ? null
            : SERVERS.stream()
                .map(
                    server ->
                        servers.contains(server)
                            ? new BackendStatus(server, BackendState.DOWN, "connection refused")
                            : new BackendStatus(server, BackendState.UP, null))
                .toList();
    return new Entry(node, role, since, generation, message, peers, told);
  }

  private static List<BackendStatus> up() {
    return SERVERS.stream()
        .map(server -> new BackendStatus(server, BackendState.UP, null))
        .toList();
  }

  NodeStatus at(Instant heartbeat) {
    return new NodeStatus(
        node,
        role,
        since,
        heartbeat.toString(),
        null,
        "1.0.0",
        generation,
        "eth0",
        List.of(),
        250,
        250,
        role == NodeRole.ACTIVE,
        1L,
        message,
        peers,
        backends);
  }

  /** The entry with the operator's role and message in it. */
  static NodeStatus buried(NodeStatus entry, NodeStatus obituary) {
    return new NodeStatus(
        entry.name(),
        obituary.role(),
        entry.lastTransitionTime(),
        entry.heartbeatTime(),
        entry.tookOverFrom(),
        entry.agentVersion(),
        entry.observedGeneration(),
        entry.interfaceName(),
        entry.macs(),
        entry.priority(),
        entry.effectivePriority(),
        entry.addressOwned(),
        entry.transitions(),
        obituary.message(),
        entry.peers(),
        entry.backends());
  }
}
