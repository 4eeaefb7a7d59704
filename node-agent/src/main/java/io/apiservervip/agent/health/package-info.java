/**
 * Checks of the API servers: what a row of answers makes of one ({@code HealthState}, pure), and
 * the probes on Netty that ask. Imports {@code agentapi}, the resource's enums and Netty; knows
 * nothing of the proxy. One event loop of its own runs every check; snapshots are read from any
 * thread.
 */
@NullMarked
package io.apiservervip.agent.health;

import org.jspecify.annotations.NullMarked;
