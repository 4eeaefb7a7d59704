package io.apiservervip.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import io.apiservervip.e2e.router.Campaign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What cannot work is said in one line that names the field and the remedy. */
class BadInputIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String BACKENDS =
      "static: [{address: \"10.99.0.12\", port: 6443}, {address: \"10.99.0.13\", port: 6443}]";

  @Test
  void portThatSomebodyHoldsIsNamedWithItsHolderAndTheRemedy() throws Exception {
    try (Lab lab = Lab.open(1)) {
      Host host = lab.hosts().getFirst();
      LabProcess holder =
          lab.start(
              host,
              "holder",
              List.of("python3", "-m", "http.server", "16443", "--bind", "0.0.0.0"),
              Capability.AGENT);
      Proxies.awaitOpen(lab, host.ipv4(), Proxies.PORT, holder);
      LabProcess agent = new AgentProxy(Campaign.agent().binary()).start(lab, host, config());
      String line = line(agent, "bindPort");
      assertThat(line)
          .contains("spec.loadBalancer.listeners", "16443")
          .contains("python3")
          .contains(String.valueOf(holder.pid()));
      assertThat(agent.alive()).isTrue();
      holder.kill();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!Files.readString(agent.log()).contains("listens") && System.nanoTime() < deadline) {
        Thread.sleep(50);
      }
      Proxies.awaitOpen(lab, host.ipv4(), Proxies.PORT, agent);
    }
  }

  @Test
  void checkNamesTheFieldOfEachFault() throws Exception {
    try (Lab lab = Lab.open(1)) {
      refused(lab, text -> text.replace("10.99.0.12", "api.example.org"), "static", "api.example");
      refused(
          lab,
          text -> text.replace("10.99.0.12\", port: 6443", "10.99.0.50\", port: 16443"),
          "static",
          "10.99.0.50");
      refused(
          lab,
          text ->
              text.replace(
                  "{address: \"10.99.0.12\", port: 6443}",
                  "{address: \"10.99.0.11\", port: 16443}"),
          "static",
          "10.99.0.11");
      refused(
          lab,
          text -> text.replace("    backends:", "      " + twice() + "\n    backends:"),
          "listeners",
          "16443");
      refused(
          lab,
          text -> text.replace("loadBalancer:", "loadBalancer:\n    mode: Kernel"),
          "mode",
          "Kernel");
      refused(
          lab,
          text -> text.replace("loadBalancer:", "loadBalancer:\n    algorithm: Fastest"),
          "algorithm",
          "Fastest");
    }
  }

  private static String twice() {
    return "- {name: second, port: 16443, bindPort: 17443, backendPort: 6443}";
  }

  private static ProxyConfig config() {
    return ProxyConfig.of(
        Proxies.PORT, List.of("10.99.0.12:6443", "10.99.0.13:6443"), ProxyConfig.Check.TCP);
  }

  /** {@code check} ends with 1 and says it in one line that has the words. */
  private static void refused(Lab lab, UnaryOperator<String> edit, String... words)
      throws IOException, InterruptedException {
    Host host = lab.hosts().getFirst();
    String good = AgentProxy.text(host, config());
    assertThat(good).contains(BACKENDS);
    String bad = edit.apply(good);
    assertThat(bad).isNotEqualTo(good);
    Path file = lab.directory().resolve("bad.yaml");
    Files.writeString(file, bad);
    List<String> command =
        List.of(
            Campaign.agent().binary().toString(),
            "check",
            "--config",
            file.toString(),
            "--node",
            host.node());
    Path log = lab.directory().resolve("check.log");
    Files.deleteIfExists(log);
    LabProcess check = lab.start(host, "check", command, Capability.AGENT);
    assertThat(check.awaitExit()).as("%s", List.of(words)).isEqualTo(1);
    List<String> lines = Files.readAllLines(check.log());
    System.err.println("check: " + lines);
    assertThat(lines)
        .as("%s", List.of(words))
        .hasSize(1)
        .allSatisfy(line -> assertThat(line).contains("spec.loadBalancer").contains(words));
  }

  private static String line(LabProcess agent, String word) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      for (String line : Files.readAllLines(agent.log())) {
        if (line.contains(word)) {
          return line;
        }
      }
      Thread.sleep(50);
    }
    throw new IOException("no line with " + word + ": " + Files.readString(agent.log()));
  }
}
