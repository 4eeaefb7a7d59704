package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.BackendAddress;
import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * One live session: who in an API server's audit log is whom.
 *
 * @param client where the client connects from
 * @param local the address that the client connected to
 * @param source the proxy's own address and port towards the backend, as the audit log shows it
 */
public record SessionView(
    String listener,
    InetSocketAddress client,
    InetSocketAddress local,
    InetSocketAddress source,
    BackendAddress backend,
    Instant since,
    long fromClient,
    long toClient) {}
