package io.apiservervip.agentapi;

import java.net.InetAddress;

/**
 * A virtual address and the prefix it is put on the interface with.
 *
 * @param prefixLength 32 or 128 unless the user wrote one
 */
public record VirtualAddressConfig(InetAddress address, int prefixLength) {
  public VirtualAddressConfig {
    Require.that(
        IpLiteral.unicast(address),
        "addresses: " + address.getHostAddress() + " is not an address that a host can hold");
    Require.range("addresses: prefix", prefixLength, 1, 8L * address.getAddress().length);
  }
}
