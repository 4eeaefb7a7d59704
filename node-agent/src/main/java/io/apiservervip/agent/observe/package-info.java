/**
 * What the agent shows: meters, the status port, the control socket and the log.
 *
 * <p>Reads immutable snapshots of {@code agent.router} and never waits for the loop; only {@link
 * io.apiservervip.agent.observe.RouterMeters} is called on the loop thread. May import {@code
 * agent.router}, {@code agent.vrrp}, Micrometer, Jackson, SLF4J and logback.
 */
@NullMarked
package io.apiservervip.agent.observe;

import org.jspecify.annotations.NullMarked;
