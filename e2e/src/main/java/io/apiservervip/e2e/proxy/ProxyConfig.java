package io.apiservervip.e2e.proxy;

import java.util.List;

/**
 * What every proxy is told: one listener on all addresses of its host.
 *
 * @param port where it listens
 * @param backends addresses with ports, {@code 10.99.0.11:6443}
 * @param check how backends are checked, once a second, rise 2, fall 3
 */
public record ProxyConfig(int port, List<String> backends, Check check) {
  public ProxyConfig {
    backends = List.copyOf(backends);
  }

  /** Kinds of checks, the names as in a manifest. */
  public enum Check {
    TCP("Tcp"),
    HTTPS("Https");

    private final String type;

    Check(String type) {
      this.type = type;
    }

    public String type() {
      return type;
    }
  }
}
