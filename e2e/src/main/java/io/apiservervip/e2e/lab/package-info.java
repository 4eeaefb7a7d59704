/**
 * Hosts, a switch and a client in network namespaces of this machine, with the faults that networks
 * have. Needs root, iproute2 and nftables. A {@link io.apiservervip.e2e.lab.Lab} removes whatever
 * it made: on close, on failure and on a signal.
 */
@NullMarked
package io.apiservervip.e2e.lab;

import org.jspecify.annotations.NullMarked;
