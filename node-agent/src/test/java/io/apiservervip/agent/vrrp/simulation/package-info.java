/**
 * A deterministic simulation of a group of virtual routers: one virtual clock, one seeded random
 * source, a network that loses, delays, doubles and partitions, processes that freeze, die and
 * return, and a kernel that drops addresses that are not renewed. Test code, pure.
 */
@NullMarked
package io.apiservervip.agent.vrrp.simulation;

import org.jspecify.annotations.NullMarked;
