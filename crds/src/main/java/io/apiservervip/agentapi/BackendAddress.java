package io.apiservervip.agentapi;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Where one API server listens; its text is the key of a backend in the status. */
public record BackendAddress(InetAddress address, int port) {
  public BackendAddress {
    Require.port("backend.port", port);
  }

  /** Such as {@code 10.99.0.11:6443} or {@code [fd99::11]:6443}. */
  public String text() {
    return address instanceof Inet6Address
        ? "[" + address.getHostAddress() + "]:" + port
        : address.getHostAddress() + ":" + port;
  }

  @Override
  public String toString() {
    return text();
  }
}
