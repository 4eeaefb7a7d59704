package io.apiservervip.e2e.proxybench;

import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.LabProcess;
import io.apiservervip.e2e.router.AgentProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The node agent, the only member of its group, with the DaemonSet's capabilities alone. */
record AgentBalancer(AgentProgram program) implements Balancer {

  @Override
  public String name() {
    return "node-agent";
  }

  @Override
  public Optional<LabProcess> start(Stand stand) throws IOException {
    Path state = Files.createDirectories(stand.lab().directory().resolve("agent"));
    Path manifest = state.resolve("vip.yaml");
    Files.writeString(manifest, manifest(stand.proxy(), stand.backends()));
    List<String> command =
        List.of(
            program.binary().toString(),
            "run",
            "--config",
            manifest.toString(),
            "--node",
            stand.proxy().node(),
            "--state-dir",
            state.toString());
    return Optional.of(stand.lab().start(stand.proxy(), "node-agent", command, Capability.AGENT));
  }

  /**
   * Defaults but for the limits, which 10,000 connections of one client would meet, and the check
   * of the load tool's backends, which speak no HTTPS.
   */
  private static String manifest(Host proxy, List<Host> backends) throws IOException {
    return """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata:
          name: control-plane
        spec:
          addresses: ["10.99.0.50"]
          interface: eth0
          members:
            - {node: %s, addresses: ["%s"], priority: 250}
          loadBalancer:
            mode: Proxy
            listeners:
              - {name: load, port: %d, backendPort: %d, healthCheck: {type: Tcp}}
              - {name: apiserver, port: %d, backendPort: %d}
            backends:
              source: Static
              static: [%s]
            maxConnections: %d
            maxConnectionsPerSource: 0
        """
        .formatted(
            proxy.node(),
            proxy.ipv4(),
            Stand.PROXY_PORT,
            Stand.BACKEND_PORT,
            Stand.TLS_PROXY_PORT,
            Stand.TLS_PORT,
            backends.stream()
                .map(host -> "{address: " + host.ipv4() + "}")
                .collect(Collectors.joining(", ")),
            OpenFiles.connections());
  }
}
