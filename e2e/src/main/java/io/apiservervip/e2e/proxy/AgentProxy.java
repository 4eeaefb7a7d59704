package io.apiservervip.e2e.proxy;

import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The node agent as a proxy: the only member of its group, with listed backends. */
public final class AgentProxy implements ProxyProgram {
  private final Path binary;

  public AgentProxy(Path binary) {
    this.binary = binary;
  }

  @Override
  public String name() {
    return "node-agent";
  }

  @Override
  public LabProcess start(Lab lab, Host host, ProxyConfig config) throws IOException {
    Path file = manifest(lab, host);
    Files.writeString(file, text(host, config));
    List<String> command =
        List.of(
            binary.toString(),
            "run",
            "--config",
            file.toString(),
            "--node",
            host.node(),
            "--state-dir",
            lab.directory().resolve("proxy-state-" + host).toString());
    return lab.start(host, "node-agent-" + host, command, Capability.AGENT);
  }

  /** Where the manifest of that host is: replaced in whole, it is read again. */
  public static Path manifest(Lab lab, Host host) {
    return lab.directory().resolve("proxy-" + host + ".yaml");
  }

  /** A manifest for the host alone. */
  public static String text(Host host, ProxyConfig config) {
    ProxyConfig.Limits limits = config.limits();
    return """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata:
          name: control-plane
        spec:
          addresses: ["10.99.0.50"]
          interface: eth0
          members:
            - {node: %s, addresses: ["%s", "%s"], priority: 250}
          loadBalancer:
            listeners:
              - {name: apiserver, port: %d, bindPort: %d, backendPort: 6443}
            backends:
              source: Static
              static: [%s]
            healthCheck: {type: %s}
            maxConnectionsPerBackend: %d
            queueTimeout: %ds
            maxConnectionsPerSource: %d
            firstByteTimeout: %ds
        """
        .formatted(
            host.node(),
            host.ipv4(),
            host.ipv6(),
            config.port(),
            config.port(),
            config.backends().stream().map(AgentProxy::backend).collect(Collectors.joining(", ")),
            config.check().type(),
            limits.perBackend(),
            limits.queueSeconds(),
            limits.perSource(),
            limits.firstByteSeconds());
  }

  private static String backend(String address) {
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon).replace("[", "").replace("]", "");
    return "{address: \"" + host + "\", port: " + address.substring(colon + 1) + "}";
  }
}
