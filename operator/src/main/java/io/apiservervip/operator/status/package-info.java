/**
 * The status of a resource from its plan and the agents' entries: conditions, counts, who is
 * Active, what is to be told as an Event. Pure: values in, values out, with the time as an
 * argument; no client, no clock. Imports {@code operator.model}, {@code agentapi}, {@code
 * api.v1alpha1}, the certificate rules of {@code agent.health} and {@code java.base} alone.
 * Everything here is immutable and safe on any thread.
 */
@NullMarked
package io.apiservervip.operator.status;

import org.jspecify.annotations.NullMarked;
