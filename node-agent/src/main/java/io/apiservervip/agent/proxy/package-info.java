/**
 * The TCP proxy: listeners, the choice of a backend ({@code Balancer}, {@code ServerPool}, pure),
 * what happens between a client's SYN and the first byte of an answer ({@code Session}, pure), the
 * relay of bytes. Imports {@code agentapi}, the resource's enums and Netty. One event loop owns a
 * client's connection and the ones to its backends.
 */
@NullMarked
package io.apiservervip.agent.proxy;

import org.jspecify.annotations.NullMarked;
