/**
 * The planning of a resource: what the operator knows of the cluster in, the document of the
 * agents, the agents themselves and the Service out. Pure: values in, values out; no client, no
 * clock, no randomness. Imports {@code agentapi}, {@code api.v1alpha1} and {@code java.base} alone.
 * Everything here is immutable and safe on any thread.
 */
@NullMarked
package io.apiservervip.operator.model;

import org.jspecify.annotations.NullMarked;
