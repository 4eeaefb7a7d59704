package io.apiservervip.e2e.proxybench;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.LabProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Something between client and backends. */
interface Balancer {
  /** Name in tables and log files. */
  String name();

  /** Whether this measurement tells something of it. */
  default boolean takes(Measure measure) {
    return true;
  }

  /** Whether the loss of a server tells something of it. */
  default boolean takesLosses() {
    return true;
  }

  /** Where the client connects to when it runs. */
  default InetSocketAddress address(Stand stand) {
    return new InetSocketAddress(stand.proxy().ipv4(), Stand.PROXY_PORT);
  }

  /** Starts it on the proxy's host; returns at once, with its process where it has one. */
  Optional<LabProcess> start(Stand stand) throws IOException;

  /** Nothing at all: the client talks to one backend. What a proxy costs is told against it. */
  record Direct() implements Balancer {
    static final String NAME = "no proxy";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public boolean takes(Measure measure) {
      return measure.moves() || measure.adds() || measure == Measure.REQUESTS;
    }

    @Override
    public InetSocketAddress address(Stand stand) {
      Host backend = stand.backends().getFirst();
      return new InetSocketAddress(backend.ipv4(), Stand.BACKEND_PORT);
    }

    @Override
    public Optional<LabProcess> start(Stand stand) {
      return Optional.empty();
    }
  }
}
