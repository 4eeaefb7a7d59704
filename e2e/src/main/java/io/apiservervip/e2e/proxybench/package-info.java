/**
 * The agent's TCP proxy and Debian's haproxy on the same host of a lab, one after the other, under
 * the same load: throughput, requests, new connections, memory, latency, and the loss of a server.
 */
@NullMarked
package io.apiservervip.e2e.proxybench;

import org.jspecify.annotations.NullMarked;
