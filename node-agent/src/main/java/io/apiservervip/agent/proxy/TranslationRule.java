package io.apiservervip.agent.proxy;

import java.net.InetAddress;

/**
 * Connections to a port of a virtual address belong to another port of the same address, as long as
 * the address is this host's.
 *
 * @param virtual the virtual address
 * @param port where clients connect to
 * @param bindPort where the listener is bound
 */
public record TranslationRule(InetAddress virtual, int port, int bindPort) {}
