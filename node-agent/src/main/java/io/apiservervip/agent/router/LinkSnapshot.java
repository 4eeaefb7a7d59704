package io.apiservervip.agent.router;

import java.util.List;

/** All interfaces and addresses of the network namespace at one moment. */
public record LinkSnapshot(
    List<NetworkInterfaceState> interfaces, List<InterfaceAddress> addresses) {
  public LinkSnapshot {
    interfaces = List.copyOf(interfaces);
    addresses = List.copyOf(addresses);
  }
}
