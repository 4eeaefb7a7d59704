package io.apiservervip.operator.model;

import io.apiservervip.agentapi.IpPrefix;
import java.util.List;

/**
 * Address ranges of the cluster, beyond what its Nodes tell; empty where unknown.
 *
 * @param services of ServiceCIDR objects
 * @param pods of the network plugin, if somebody knows them
 */
public record NetworkRanges(List<IpPrefix> services, List<IpPrefix> pods) {
  public NetworkRanges {
    services = List.copyOf(services);
    pods = List.copyOf(pods);
  }
}
