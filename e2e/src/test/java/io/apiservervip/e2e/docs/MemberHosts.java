package io.apiservervip.e2e.docs;

import com.sun.net.httpserver.HttpExchange;
import io.apiservervip.e2e.cluster.ApiDoor;
import io.apiservervip.e2e.cluster.HttpDoor;
import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import io.apiservervip.e2e.probe.TlsIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Three hosts without Kubernetes, and something that answers /readyz where an API server would. */
final class MemberHosts implements AutoCloseable {
  private static final byte[] OK = "ok".getBytes(StandardCharsets.US_ASCII);

  private final Lab lab;
  private final List<ApiDoor> servers = new ArrayList<>();
  private final List<LabProcess> agents = new ArrayList<>();

  private MemberHosts(Lab lab) {
    this.lab = lab;
  }

  static MemberHosts open() throws IOException, InterruptedException {
    MemberHosts hosts = new MemberHosts(Lab.open(3));
    TlsIdentity identity = TlsIdentity.in(hosts.lab.directory());
    for (Host host : hosts.lab.hosts()) {
      hosts.servers.add(HttpDoor.open(host, identity, MemberHosts::answer));
    }
    return hosts;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, OK.length);
      exchange.getResponseBody().write(OK);
    }
  }

  Lab lab() {
    return lab;
  }

  /** Whether agents run that a page had started. */
  boolean busy() {
    return !agents.isEmpty();
  }

  /** What stands for /var/lib on the host. */
  Path state(Host host) throws IOException {
    return Files.createDirectories(lab.directory().resolve("var-lib-" + host));
  }

  void start(Host host, List<String> command) throws IOException {
    agents.add(lab.start(host, "agent-" + host, command, Capability.ROOT));
  }

  /** By SIGTERM, as the documents say; false if one does not end well. */
  boolean end() throws IOException, InterruptedException {
    boolean well = true;
    for (LabProcess agent : agents) {
      well &= agent.alive();
      agent.terminate();
    }
    for (LabProcess agent : agents) {
      well &= agent.awaitExit() == 0;
    }
    agents.clear();
    return well;
  }

  @Override
  public void close() throws IOException {
    for (ApiDoor server : servers) {
      server.close();
    }
    lab.close();
  }
}
