/**
 * The document an agent runs from, shared by operator and agent, and the strict reader of the
 * resource it is resolved from. Pure: values in, values out; no file, no clock, no name service.
 * Imports Jackson and {@code api.v1alpha1}. Everything here is immutable and safe on any thread.
 */
@NullMarked
package io.apiservervip.agentapi;

import org.jspecify.annotations.NullMarked;
