/**
 * The Virtual Router Redundancy Protocol, versions 2 (RFC 3768) and 3 (RFC 9568): wire format,
 * receive checks and the state machine of one virtual router.
 *
 * <p>Pure: values in, values out, time as an argument in nanoseconds of one monotonic clock.
 * Imports nothing but {@code java.base}; no thread, no I/O, no clock, no randomness. One loop
 * thread owns each mutable object.
 */
@NullMarked
package io.apiservervip.agent.vrrp;

import org.jspecify.annotations.NullMarked;
