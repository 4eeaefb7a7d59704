package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.BackendAddress;

/**
 * An API server as the document names it for one listener.
 *
 * @param weight its share of new connections; 0: only where nobody else is left
 */
public record Backend(BackendAddress address, int weight) {}
