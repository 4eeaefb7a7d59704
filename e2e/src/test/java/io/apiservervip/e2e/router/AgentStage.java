package io.apiservervip.e2e.router;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Agents alone, one or more on a lab's hosts, each with its manifest and state directory. */
final class AgentStage {
  static final String ADDRESS = "10.99.0.50";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Lab lab;
  private final HolderWatch watch;

  AgentStage(Lab lab, HolderWatch watch) {
    this.lab = lab;
    this.watch = watch;
  }

  /** A test's body. */
  interface Body {
    void run(AgentStage stage) throws Exception;
  }

  static void on(int hosts, Body body) throws Exception {
    try (Lab lab = Lab.open(hosts);
        HolderWatch watch = lab.watch(ADDRESS)) {
      Evidence.of(lab, () -> body.run(new AgentStage(lab, watch)));
    }
  }

  Lab lab() {
    return lab;
  }

  HolderWatch watch() {
    return watch;
  }

  Host host(int number) {
    return lab.host("cp-" + number);
  }

  /** The manifest of all hosts of the lab, version 3 at 100 ms; priorities 250, 237, 224. */
  String manifest() {
    List<GroupMember> members = new ArrayList<>();
    for (Host host : lab.hosts()) {
      members.add(new GroupMember(host, 250 - 13 * members.size()));
    }
    return AgentManifest.text(GroupConfig.of(3, Duration.ofMillis(100)), members);
  }

  Path stateDirectory(Host host) {
    return lab.directory().resolve("state-" + host);
  }

  Path manifestFile(Host host) {
    return lab.directory().resolve("vip-" + host + ".yaml");
  }

  /** Starts an agent with this manifest. */
  LabProcess start(Host host, String manifest, String... more) throws IOException {
    Files.writeString(manifestFile(host), manifest);
    return start(
        host, "agent-" + host, command(host, stateDirectory(host), more), Capability.AGENT);
  }

  LabProcess start(Host host, String name, List<String> command, Capability capability)
      throws IOException {
    return lab.start(host, name, command, capability);
  }

  List<String> command(Host host, Path state, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Campaign.agent().binary().toString(),
                "run",
                "--config",
                manifestFile(host).toString(),
                "--node",
                host.node(),
                "--state-dir",
                state.toString()));
    command.addAll(List.of(more));
    return command;
  }

  JsonNode status(Host host) throws IOException, InterruptedException {
    return AgentStatus.document(host);
  }

  /** Waits until the agent's status is as wished, and returns it. */
  JsonNode await(Host host, Predicate<JsonNode> wish)
      throws IOException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String last = "no answer";
    while (System.nanoTime() < deadline) {
      try {
        JsonNode status = status(host);
        if (wish.test(status)) {
          return status;
        }
        last = status.toString();
      } catch (IOException e) {
        last = String.valueOf(e.getMessage());
      }
      Thread.sleep(50);
    }
    throw new TimeoutException("the status of " + host + " is " + last);
  }

  JsonNode role(Host host, String role) throws IOException, InterruptedException, TimeoutException {
    return await(host, status -> status.path("role").asText().equals(role));
  }

  void holders(String... nodes) throws InterruptedException, TimeoutException {
    watch.await(List.of(nodes)::equals, PATIENCE);
  }

  /** Waits until the program's output has the text. */
  void logged(LabProcess process, String text)
      throws IOException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.readString(process.log()).contains(text)) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("not in the log: " + text);
      }
      Thread.sleep(20);
    }
  }
}
