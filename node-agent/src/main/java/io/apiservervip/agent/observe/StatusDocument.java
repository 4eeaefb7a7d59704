package io.apiservervip.agent.observe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apiservervip.agent.router.RouterStatus;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * The JSON of {@code /status}: the agent's entry in the resource's {@code status.nodes} by the same
 * field names, then what only this place shows. Unknown values are absent, never null.
 */
public final class StatusDocument {
  private StatusDocument() {}

  /**
   * The document as indented text.
   *
   * @param alerts what {@link Alerts} says
   * @param counters by meter name, tags in the name
   */
  public static String render(AgentView view, List<String> alerts, Map<String, Long> counters) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    putEntry(root, view);
    root.set("peers", peers(view.router()));
    ProxyView proxy = view.proxy();
    if (proxy != null) {
      root.set("backends", ProxyDocument.backends(proxy));
      root.set("certificates", ProxyDocument.certificates(proxy));
    }
    putGroup(root, view);
    root.set("splitBrain", splitBrain(view.router()));
    alerts.forEach(root.putArray("warnings")::add);
    if (proxy != null) {
      root.set("health", ProxyDocument.health(proxy.serving()));
      root.set("listeners", ProxyDocument.listeners(proxy));
    }
    ObjectNode counted = root.putObject("counters");
    counters.forEach(counted::put);
    return JsonText.pretty(root) + "\n";
  }

  private static void putEntry(ObjectNode root, AgentView view) {
    RouterStatus router = view.router();
    root.put("name", view.identity().node());
    root.put("role", router.role().text());
    root.put("lastTransitionTime", router.since().toString());
    root.put("heartbeatTime", view.heartbeat().toString());
    root.put("agentVersion", view.identity().agentVersion());
    root.put("observedGeneration", view.config().observedGeneration());
    if (router.interfaceName() != null) {
      root.put("interface", router.interfaceName());
    }
    ArrayNode macs = root.putArray("macs");
    if (router.mac() != null) {
      macs.add(router.mac().toString());
    }
    root.put("priority", router.priority());
    root.put("effectivePriority", router.effectivePriority());
    root.put("addressOwned", router.addressOwned());
    root.put("transitions", router.transitions());
    root.put("message", router.reason());
  }

  private static ArrayNode peers(RouterStatus router) {
    ArrayNode peers = JsonNodeFactory.instance.arrayNode();
    for (RouterStatus.Peer peer : router.peers()) {
      ObjectNode entry = peers.addObject();
      entry.put("node", peer.node());
      entry.put("heard", peer.heard());
      if (peer.lastHeard() != null) {
        entry.put("lastHeard", peer.lastHeard().toString());
      }
      entry.put("address", peer.address().getHostAddress());
      if (peer.priority() >= 0) {
        entry.put("priority", peer.priority());
      }
    }
    return peers;
  }

  private static void putGroup(ObjectNode root, AgentView view) {
    root.put("vip", view.identity().vip());
    root.put("virtualRouterId", view.group().virtualRouterId());
    root.put("version", view.group().version());
    ArrayNode addresses = root.putArray("addresses");
    view.group()
        .addresses()
        .forEach(a -> addresses.add(a.address().getHostAddress() + "/" + a.prefixLength()));
    InetAddress active = view.router().activeSource();
    if (active != null) {
      root.put("activeSource", active.getHostAddress());
    }
    ArrayNode answering = root.putArray("answeringMacs");
    view.router().answeringMacs().forEach(mac -> answering.add(mac.toString()));
    AgentView.Config config = view.config();
    root.putObject("config").put("source", config.origin().text()).put("path", config.path());
    if (config.error() != null) {
      root.put("configError", config.error());
    }
  }

  private static ObjectNode splitBrain(RouterStatus router) {
    ObjectNode verdict = JsonNodeFactory.instance.objectNode();
    verdict.put("verdict", router.splitBrain() != null);
    if (router.splitBrain() != null) {
      verdict.put("likelyCause", router.splitBrain());
    }
    return verdict;
  }
}
