/**
 * The agent's side of Kubernetes: one connection to one of the API servers, the document that the
 * operator writes, and this node's entry in the resource's status. Imports {@code agentapi}, the
 * resource's records, {@code agent.config}, {@code agent.health} and {@code agent.observe}; is
 * imported by the composition roots alone. Nothing in here is waited for by the election or by the
 * proxy: the threads are {@code api-connection}, one for each watch, and {@code status-publisher}.
 */
@NullMarked
package io.apiservervip.agent.kube;

import org.jspecify.annotations.NullMarked;
