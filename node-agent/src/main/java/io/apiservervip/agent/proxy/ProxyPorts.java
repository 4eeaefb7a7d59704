package io.apiservervip.agent.proxy;

/**
 * What the proxy needs of the rest of the agent.
 *
 * @param loopBegins run by each event loop's thread before anything else
 */
public record ProxyPorts(
    ProxyObserver observer,
    BackendWatch watch,
    HealthView health,
    PortHolders holders,
    PipeSize pipeSize,
    Runnable loopBegins) {}
