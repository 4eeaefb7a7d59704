/**
 * What the agent shows: meters, the status port, the control socket and the log.
 *
 * <p>Reads immutable snapshots of {@code agent.router}, {@code agent.proxy} and {@code
 * agent.health} and never waits for a loop, but for the list of sessions, 2 s. {@link
 * io.apiservervip.agent.observe.RouterMeters} is called on the loop thread, {@link
 * io.apiservervip.agent.observe.ProxyMeters} on event loops. May import these packages, {@code
 * agent.vrrp}, the document source of {@code agent.config}, {@code agentapi}, the resource's enums,
 * Micrometer, Jackson, SLF4J and logback.
 */
@NullMarked
package io.apiservervip.agent.observe;

import org.jspecify.annotations.NullMarked;
