/**
 * The router loop: one thread that owns the virtual router, drains what was received, then fires
 * deadlines, and runs the resulting actions in order through the ports declared here.
 *
 * <p>May import {@code agent.vrrp} and SLF4J; the ports are implemented in {@code agent.linux} and,
 * by hand-written fakes, in tests.
 */
@NullMarked
package io.apiservervip.agent.router;

import org.jspecify.annotations.NullMarked;
