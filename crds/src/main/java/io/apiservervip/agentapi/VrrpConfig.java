package io.apiservervip.agentapi;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The virtual router of a resource: its group, its addresses and how it takes them.
 *
 * @param addresses 1..8, distinct; the family of the first one elects
 * @param interfaceName null: each node takes the interface whose on-link subnet holds the first
 *     address
 * @param addressLifetime whole seconds after which the kernel drops the address of a dead agent;
 *     zero: never
 */
public record VrrpConfig(
    VrrpGroupConfig group,
    List<VirtualAddressConfig> addresses,
    @Nullable String interfaceName,
    Duration addressLifetime,
    TakeOverConfig takeOver,
    GratuitousArpConfig gratuitousArp) {

  /** Most addresses of one virtual router. */
  public static final int MAX_ADDRESSES = 8;

  public VrrpConfig {
    addresses = List.copyOf(addresses);
    Require.range("addresses: count", addresses.size(), 1, MAX_ADDRESSES);
    Set<InetAddress> seen = new HashSet<>();
    for (VirtualAddressConfig virtual : addresses) {
      Require.that(
          seen.add(virtual.address()),
          "addresses: " + virtual.address().getHostAddress() + " stands twice");
      Require.that(
          group.version() == 3 || virtual.address() instanceof Inet4Address,
          "addresses: version 2 carries IPv4 only, not " + virtual.address().getHostAddress());
    }
    Require.that(
        interfaceName == null || InterfaceName.valid(interfaceName),
        "interface: \"" + interfaceName + "\" is not an interface name");
    Require.notNegative("addressLifetime", addressLifetime);
    Require.that(
        DurationText.wholeSeconds(addressLifetime),
        "addressLifetime: " + addressLifetime + " is not in whole seconds");
  }
}
