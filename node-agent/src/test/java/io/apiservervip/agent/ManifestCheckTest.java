package io.apiservervip.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestCheckTest {
  @TempDir Path dir;

  private ConfigLoader.Outcome check(String backend) throws IOException {
    Path file = dir.resolve("vip.yaml");
    Files.writeString(
        file,
        """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata: {name: control-plane}
        spec:
          addresses: ["10.99.0.50"]
          members:
            - {node: cp-1, addresses: [10.99.0.11], priority: 250}
          loadBalancer:
            listeners: [{name: apiserver, port: 6443, backendPort: 6443}]
            backends: {source: Static, static: [%s]}
        """
            .formatted(backend));
    return new ManifestCheck().load(file, "cp-1");
  }

  @Test
  void backendThatIsTheProxyItselfIsRefusedInOneLine() throws IOException {
    assertThat(check("{address: 10.99.0.11, port: 16443}"))
        .isEqualTo(
            new ConfigLoader.Refused(
                java.util.List.of(
                    "spec.loadBalancer.backends.static[0].address: 10.99.0.11:16443 is the proxy's"
                        + " own socket, it would connect to itself; name the port of the API"
                        + " server, or another bindPort")));
    assertThat(check("{address: 10.99.0.50}"))
        .isEqualTo(
            new ConfigLoader.Refused(
                java.util.List.of(
                    "spec.loadBalancer.backends.static[0].address: 10.99.0.50:6443 is the virtual"
                        + " address itself, the proxy would connect to itself; name the API"
                        + " server's own address")));
  }

  @Test
  void serverOfThisNodeIsABackend() throws IOException {
    assertThat(check("{address: 10.99.0.11}")).isInstanceOf(ConfigLoader.Resolved.class);
  }
}
