package io.apiservervip.agent.kube;

import io.apiservervip.agent.config.DocumentSource;
import io.apiservervip.agent.observe.AgentView;
import io.apiservervip.agent.observe.Alerts;
import io.apiservervip.agent.observe.ProxyView;
import io.apiservervip.agent.router.Role;
import io.apiservervip.agent.router.RouterStatus;
import io.apiservervip.api.v1alpha1.BackendStatus;
import io.apiservervip.api.v1alpha1.NodeRole;
import io.apiservervip.api.v1alpha1.NodeStatus;
import io.apiservervip.api.v1alpha1.PeerStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From what an agent shows to its entry in the status, within the bounds of the CRD. Pure. */
final class NodeStatusAssembly {
  private static final int MAX_PEERS = 16;
  private static final int MAX_BACKENDS = 64;
  private static final int MAX_MESSAGE = 1024;
  private static final int MAX_ERROR = 256;

  private NodeStatusAssembly() {}

  /**
   * The whole entry.
   *
   * @param tookOverFrom who was Active before; null where nobody is known
   */
  static NodeStatus of(AgentView view, @Nullable String tookOverFrom) {
    RouterStatus router = view.router();
    boolean placed = router.interfaceName() != null;
    boolean documented = view.config().origin() != DocumentSource.Origin.NONE;
    return new NodeStatus(
        view.identity().node(),
        role(router.role()),
        time(router.since()),
        time(view.heartbeat()),
        tookOverFrom,
        view.identity().agentVersion(),
        documented ? view.config().observedGeneration() : null,
        router.interfaceName(),
        router.mac() == null ? null : List.of(router.mac().toString()),
        placed ? router.priority() : null,
        placed ? router.effectivePriority() : null,
        router.addressOwned(),
        router.transitions(),
        message(view),
        peers(router),
        backends(view.proxy()));
  }

  /**
   * The entry without what changes all the while and is not worth a write: times, and the error of
   * a backend whose state stays.
   *
   * @param message false to leave the message out too
   */
  static NodeStatus settled(NodeStatus entry, boolean message) {
    List<PeerStatus> peers = entry.peers();
    List<BackendStatus> backends = entry.backends();
    return new NodeStatus(
        entry.name(),
        entry.role(),
        entry.lastTransitionTime(),
        null,
        entry.tookOverFrom(),
        entry.agentVersion(),
        entry.observedGeneration(),
        entry.interfaceName(),
        entry.macs(),
        entry.priority(),
        entry.effectivePriority(),
        entry.addressOwned(),
        entry.transitions(),
        message ? entry.message() : null,
        peers == null
            ? null
            : peers.stream().map(peer -> new PeerStatus(peer.node(), peer.heard(), null)).toList(),
        backends == null
            ? null
            : backends.stream().map(b -> new BackendStatus(b.address(), b.state(), null)).toList());
  }

  private static NodeRole role(Role role) {
    return switch (role) {
      case INITIALIZE -> NodeRole.INITIALIZE;
      case BACKUP -> NodeRole.BACKUP;
      case ACTIVE -> NodeRole.ACTIVE;
      case FAULT -> NodeRole.FAULT;
      case STANDBY -> NodeRole.STANDBY;
    };
  }

  /** What is wrong, the worst first; empty where nothing is. */
  private static String message(AgentView view) {
    List<String> lines = new ArrayList<>();
    RouterStatus router = view.router();
    switch (router.role()) {
      case INITIALIZE, FAULT, STANDBY -> lines.add(router.reason());
      case BACKUP, ACTIVE -> {}
    }
    if (view.config().error() != null) {
      lines.add("the document is refused: " + view.config().error());
    }
    if (router.splitBrain() != null) {
      lines.add("split brain: " + router.splitBrain());
    }
    lines.addAll(Alerts.of(view, null));
    return cut(String.join("; ", lines), MAX_MESSAGE);
  }

  private static List<PeerStatus> peers(RouterStatus router) {
    Map<String, PeerStatus> byNode = new LinkedHashMap<>();
    for (RouterStatus.Peer peer : router.peers()) {
      Instant heard = peer.lastHeard();
      byNode.putIfAbsent(
          peer.node(),
          new PeerStatus(peer.node(), peer.heard(), heard == null ? null : time(heard)));
    }
    return byNode.values().stream().limit(MAX_PEERS).toList();
  }

  /** Those of the first listener, as the resource has one list. */
  private static List<BackendStatus> backends(@Nullable ProxyView proxy) {
    if (proxy == null || proxy.listeners().isEmpty()) {
      return List.of();
    }
    Map<String, BackendStatus> byAddress = new LinkedHashMap<>();
    for (ProxyView.Row row : proxy.backends(proxy.listeners().getFirst())) {
      String address = row.load().address().text();
      String error = row.health() == null ? null : row.health().lastError();
      byAddress.putIfAbsent(
          address,
          new BackendStatus(
              address, row.load().state(), error == null ? null : cut(error, MAX_ERROR)));
    }
    return byAddress.values().stream().limit(MAX_BACKENDS).toList();
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
