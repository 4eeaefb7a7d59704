package io.apiservervip.agent.router;

import java.net.InetAddress;

/**
 * A virtual address as it is put on the interface.
 *
 * @param prefixLength 32 or 128 unless the manifest says otherwise
 */
public record VirtualAddress(InetAddress address, int prefixLength) {}
