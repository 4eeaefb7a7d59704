package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.api.v1alpha1.BackendState;

/**
 * What one backend of one listener carries.
 *
 * @param state Draining where it left the document and still has sessions
 * @param active sessions with an established connection to it
 * @param pending connections to it that are being established
 */
public record BackendLoad(
    BackendAddress address, BackendState state, int weight, int active, int pending) {}
