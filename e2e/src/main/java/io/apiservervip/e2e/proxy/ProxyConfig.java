package io.apiservervip.e2e.proxy;

import java.util.List;

/**
 * What every proxy is told: one listener on all addresses of its host.
 *
 * @param port where it listens
 * @param backends addresses with ports, {@code 10.99.0.11:6443}
 * @param check how backends are checked, once a second, rise 2, fall 3
 * @param limits what it admits
 */
public record ProxyConfig(int port, List<String> backends, Check check, Limits limits) {
  public ProxyConfig {
    backends = List.copyOf(backends);
  }

  public static ProxyConfig of(int port, List<String> backends, Check check) {
    return new ProxyConfig(port, backends, check, Limits.NONE);
  }

  public ProxyConfig with(Limits changed) {
    return new ProxyConfig(port, backends, check, changed);
  }

  /** Kinds of checks, the names as in a manifest. */
  public enum Check {
    TCP("Tcp"),
    TLS("Tls"),
    HTTPS("Https");

    private final String type;

    Check(String type) {
      this.type = type;
    }

    public String type() {
      return type;
    }
  }

  /**
   * What a proxy admits; 0 stands for no limit of its own.
   *
   * @param perBackend connections to one backend, beyond which clients queue
   * @param queueSeconds how long they do
   * @param perSource connections of one client address
   * @param firstByteSeconds how soon a client must send something
   */
  public record Limits(int perBackend, int queueSeconds, int perSource, int firstByteSeconds) {
    public static final Limits NONE = new Limits(0, 10, 8000, 10);
  }
}
