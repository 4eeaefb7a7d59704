package io.apiservervip.operator.model;

import io.apiservervip.agentapi.IpPrefix;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A Node, as far as a plan depends on it.
 *
 * @param created creation time; the older node is ranked first
 * @param internalIps addresses of type InternalIP, in the order of the Node's status
 * @param unschedulable cordoned
 * @param podCidrs of spec.podCIDRs; empty where the network plugin does not use them
 */
public record NodeFacts(
    String name,
    Instant created,
    List<InetAddress> internalIps,
    Map<String, String> labels,
    Map<String, String> annotations,
    boolean unschedulable,
    List<IpPrefix> podCidrs) {
  public NodeFacts {
    internalIps = List.copyOf(internalIps);
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    podCidrs = List.copyOf(podCidrs);
  }
}
