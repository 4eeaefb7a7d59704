package io.apiservervip.operator.model;

import io.apiservervip.agentapi.VirtualAddressConfig;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knows the addresses behind which no API server may be looked for, because they lead back to the
 * door itself, or nowhere.
 */
final class LoopGuard {
  private final Map<InetAddress, String> doors = new HashMap<>();

  /**
   * @param virtual addresses of every resource of this cluster
   */
  LoopGuard(List<VirtualAddressConfig> virtual, List<ServiceFacts> services) {
    for (ServiceFacts service : services) {
      for (InetAddress clusterIp : service.clusterIps()) {
        doors.put(clusterIp, "the clusterIP of Service " + service.fullName());
      }
    }
    virtual.forEach(address -> doors.put(address.address(), "a virtual address"));
  }

  /** Why this is no address of an API server, a phrase; null: it may be one. */
  @Nullable String objection(InetAddress address) {
    if (address.isLoopbackAddress()) {
      return "a loopback address, another one on each node";
    }
    if (address.isLinkLocalAddress()) {
      return "a link-local address";
    }
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return "no address of a host";
    }
    return doors.get(address);
  }
}
