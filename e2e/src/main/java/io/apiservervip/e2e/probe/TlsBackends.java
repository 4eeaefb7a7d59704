package io.apiservervip.e2e.probe;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A {@link TlsServer} on every host of a lab, on all its addresses; the lab's end is theirs. */
public record TlsBackends(List<TlsServer> servers, int port) {
  public TlsBackends {
    servers = List.copyOf(servers);
  }

  /** Starts them and waits until all listen; their first handshakes are slow. */
  public static TlsBackends start(Lab lab, int port) throws IOException, InterruptedException {
    return start(lab, port, false);
  }

  /** The same, and none listens before its handshakes, and the clients' here, have become fast. */
  public static TlsBackends startWarm(Lab lab, int port) throws IOException, InterruptedException {
    return start(lab, port, true);
  }

  private static TlsBackends start(Lab lab, int port, boolean warm)
      throws IOException, InterruptedException {
    TlsIdentity identity = TlsIdentity.in(lab.directory());
    List<TlsServer> servers = new ArrayList<>();
    for (Host host : lab.hosts()) {
      TlsServer server = TlsServer.on(lab, host, port, identity, warm);
      server.start();
      servers.add(server);
    }
    if (warm) {
      TlsWarmUp.run(identity);
    }
    for (TlsServer server : servers) {
      server.awaitListening();
    }
    return new TlsBackends(servers, port);
  }

  public TlsServer on(Host host) {
    return servers.stream().filter(server -> server.host().equals(host)).findFirst().orElseThrow();
  }

  /** Their addresses, in the order of the hosts. */
  public List<String> addresses() {
    return servers.stream().map(TlsServer::address).toList();
  }
}
