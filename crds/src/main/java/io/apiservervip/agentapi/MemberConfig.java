package io.apiservervip.agentapi;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node that may hold the addresses.
 *
 * @param addresses the node's own addresses, from which its adverts come; at least one
 * @param priority 1..255; 255 is the owner of RFC 9568, whom no health weight lowers
 * @param interfaceName overrides the common interface on this node; null: no override
 */
public record MemberConfig(
    String node, List<InetAddress> addresses, int priority, @Nullable String interfaceName) {

  /** Most addresses of one member. */
  public static final int MAX_ADDRESSES = 8;

  public MemberConfig {
    Require.range("members.node: length", node.length(), 1, 253);
    addresses = List.copyOf(addresses);
    Require.range("members.addresses: count", addresses.size(), 1, MAX_ADDRESSES);
    Require.range("members.priority", priority, 1, 255);
    Require.that(
        interfaceName == null || InterfaceName.valid(interfaceName),
        "members.interface: \"" + interfaceName + "\" is not an interface name");
  }
}
