package io.apiservervip.e2e.router;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.AgentConfigCodec;
import io.apiservervip.agentapi.ConfigResolution;
import io.apiservervip.agentapi.Reading;
import io.apiservervip.e2e.cluster.HttpDoor;
import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.LabProcess;
import io.apiservervip.e2e.probe.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Three agents in cluster mode, and an API server on each of their hosts, which share one store.
 */
final class ClusterStage {
  private final AgentStage agents;
  private final LabApi api;
  private final Map<String, HttpDoor> doors;
  private final Path kubeconfig;

  private ClusterStage(
      AgentStage agents, LabApi api, Map<String, HttpDoor> doors, Path kubeconfig) {
    this.agents = agents;
    this.api = api;
    this.doors = doors;
    this.kubeconfig = kubeconfig;
  }

  /** A test's body. */
  interface Body {
    void run(ClusterStage stage) throws Exception;
  }

  static void on(Body body) throws Exception {
    AgentStage.on(
        3,
        agents -> {
          TlsIdentity identity = TlsIdentity.in(agents.lab().directory());
          LabApi api = new LabApi();
          Map<String, HttpDoor> doors = new LinkedHashMap<>();
          try {
            for (Host host : agents.lab().hosts()) {
              doors.put(host.node(), HttpDoor.open(host, identity, api));
            }
            ClusterStage stage =
                new ClusterStage(
                    agents, api, doors, kubeconfig(agents.lab().directory(), identity));
            stage.publish(3, text -> text);
            body.run(stage);
          } finally {
            api.close();
            doors.values().forEach(HttpDoor::kill);
          }
        });
  }

  AgentStage agents() {
    return agents;
  }

  LabApi api() {
    return api;
  }

  HttpDoor door(int number) {
    return Objects.requireNonNull(doors.get("cp-" + number), "no door cp-" + number);
  }

  List<HttpDoor> doors() {
    return new ArrayList<>(doors.values());
  }

  /** Writes the document of the three hosts as the operator would, changed by {@code edit}. */
  void publish(long generation, UnaryOperator<String> edit) {
    AgentConfig read =
        switch (ConfigResolution.read(agents.manifest())) {
          case Reading.Accepted<AgentConfig> accepted -> accepted.value();
          case Reading.Refused<AgentConfig> refused ->
              throw new IllegalStateException(refused.problems().toString());
        };
    AgentConfig document =
        new AgentConfig(
            read.name(),
            generation,
            read.vrrp(),
            read.health(),
            read.loadBalancer(),
            read.agent(),
            read.members());
    api.document(edit.apply(AgentConfigCodec.write(document)));
  }

  /** Starts the agent of a host; its state directory is the same each time. */
  LabProcess start(Host host) throws IOException {
    List<String> command =
        List.of(
            "env",
            "KUBECONFIG=" + kubeconfig,
            Campaign.agent().binary().toString(),
            "run",
            "--vip",
            "control-plane",
            "--node",
            host.node(),
            "--state-dir",
            agents.stateDirectory(host).toString());
    return agents.start(host, "agent-" + host, command, Capability.AGENT);
  }

  private static Path kubeconfig(Path directory, TlsIdentity identity)
      throws IOException, GeneralSecurityException {
    Path authority = Files.writeString(directory.resolve("ca.crt"), identity.pem());
    return Files.writeString(
        directory.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: lab
        clusters:
          - {name: lab, cluster: {server: "https://10.99.0.11:6443", certificate-authority: "%s"}}
        users: [{name: agent, user: {token: token}}]
        contexts: [{name: lab, context: {cluster: lab, user: agent}}]
        """
            .formatted(authority));
  }
}
