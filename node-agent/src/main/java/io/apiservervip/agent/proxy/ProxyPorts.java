package io.apiservervip.agent.proxy;

/** What the proxy needs of the rest of the agent. */
public record ProxyPorts(
    ProxyObserver observer,
    BackendWatch watch,
    HealthView health,
    PortHolders holders,
    PipeSize pipeSize) {}
