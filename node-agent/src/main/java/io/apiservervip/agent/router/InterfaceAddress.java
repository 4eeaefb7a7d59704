package io.apiservervip.agent.router;

import java.net.InetAddress;

/**
 * One address of an interface as the kernel describes it.
 *
 * @param prefixLength bits of the on-link subnet, /32 and /128 for a virtual address
 * @param ours carries our {@code IFA_PROTO} mark: set by this program or an earlier life of it
 * @param usableSource global and primary, or link-local and not tentative, duplicated or deprecated
 */
public record InterfaceAddress(
    int interfaceIndex,
    InetAddress address,
    int prefixLength,
    boolean ours,
    boolean usableSource) {}
