/**
 * The host's network by way of jnr-ffi: raw and packet sockets, rtnetlink, the loop's sleep.
 *
 * <p>Implements the ports of {@code agent.router}, is imported by the composition root alone, and
 * is the only package that knows jnr-ffi. Codecs are pure and allocate no native memory. Sockets of
 * a channel, an announcer and the watcher belong to the loop thread, the address table to the
 * address thread. Constants are those of 64-bit Linux, the same on x86-64 and AArch64.
 */
@NullMarked
package io.apiservervip.agent.linux;

import org.jspecify.annotations.NullMarked;
