package io.apiservervip.agent.proxy;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Connections to a port of a virtual address belong to another port of the same address, as long as
 * the address is this host's.
 *
 * @param virtual the virtual address
 * @param port where clients connect to
 * @param bindPort where the listener is bound
 */
public record TranslationRule(InetAddress virtual, int port, int bindPort) {

  /** Where the listener is bound, as people write it: {@code 10.0.0.50:16443}. */
  public String target() {
    String text = virtual.getHostAddress();
    return (virtual instanceof Inet6Address ? "[" + text + "]" : text) + ":" + bindPort;
  }
}
