package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.LabProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** {@code node-agent bootstrap} on a host beside API servers and an agent that come and go. */
class BootstrapIT {
  private static final String STRANGE =
      "# M\u00fcller\r\n127.0.0.1\tlocalhost\n\n10.99.0.9 other # apiserver-vip\n# 10.99.0.8 api.lab";

  private static final long PATIENCE_MILLIS = 10_000;

  @Test
  void nameFollowsTheLivingServerAndThenTheAddress() throws Exception {
    AgentStage.on(
        3,
        stage -> {
          Path hosts = stage.lab().directory().resolve("hosts");
          Files.writeString(hosts, STRANGE, StandardCharsets.ISO_8859_1);
          Files.writeString(stage.manifestFile(stage.host(3)), manifest(stage));
          HttpServer second = apiServer(stage.host(2));
          LabProcess bootstrap = bootstrap(stage, hosts, "--timeout", "40s");
          await(hosts, pointing("10.99.0.12"));
          HttpServer first = apiServer(stage.host(1));
          second.stop(0);
          await(hosts, pointing("10.99.0.11"));
          stage.start(stage.host(1), manifest(stage));
          assertThat(bootstrap.awaitExit()).as(Files.readString(bootstrap.log())).isZero();
          assertThat(text(hosts)).isEqualTo(pointing("10.99.0.50"));
          assertThat(Files.readAllLines(bootstrap.log()))
              .contains("10.99.0.12:6443: answers", "api.lab -> 10.99.0.12 in " + hosts)
              .endsWith("done: api.lab is the virtual address 10.99.0.50");

          // as in a container, where the file is a mount and cannot be replaced
          LabProcess remove =
              stage.start(
                  stage.host(3),
                  "remove",
                  List.of(
                      "unshare",
                      "--mount",
                      "sh",
                      "-c",
                      "mount --bind \"$0\" \"$0\" && exec \"$@\"",
                      hosts.toString(),
                      Campaign.agent().binary().toString(),
                      "bootstrap",
                      "--config",
                      stage.manifestFile(stage.host(3)).toString(),
                      "--hosts-file",
                      hosts.toString(),
                      "--remove"),
                  Capability.ROOT);
          assertThat(remove.awaitExit()).as(Files.readString(remove.log())).isZero();
          assertThat(text(hosts)).isEqualTo(STRANGE);
          first.stop(0);
        });
  }

  @Test
  void terminatedItLeavesTheNameWhereItPoints() throws Exception {
    AgentStage.on(
        3,
        stage -> {
          Path hosts = stage.lab().directory().resolve("hosts");
          Files.writeString(hosts, STRANGE, StandardCharsets.ISO_8859_1);
          Files.writeString(stage.manifestFile(stage.host(3)), manifest(stage));
          HttpServer first = apiServer(stage.host(1));
          LabProcess bootstrap = bootstrap(stage, hosts, "--timeout", "40s");
          await(hosts, pointing("10.99.0.11"));
          bootstrap.terminate();
          assertThat(bootstrap.awaitExit()).isEqualTo(1);
          assertThat(text(hosts)).isEqualTo(pointing("10.99.0.11"));
          assertThat(Files.readString(bootstrap.log()))
              .contains("node-agent: stopped: ", hosts + " has 10.99.0.11 for api.lab");
          first.stop(0);
        });
  }

  private static String pointing(String address) {
    return STRANGE + "\n" + address + " api.lab # apiserver-vip";
  }

  private static String manifest(AgentStage stage) {
    return stage
        .manifest()
        .replace(
            "  loadBalancer: {mode: None}\n",
            """
              loadBalancer:
                backends: {source: Members}
                healthCheck: {type: Http, interval: 200ms, timeout: 300ms, fall: 2}
              nodeLocal: {hostsEntry: api.lab}
            """);
  }

  private static LabProcess bootstrap(AgentStage stage, Path hosts, String... more)
      throws IOException {
    Host host = stage.host(3);
    List<String> command =
        new ArrayList<>(
            List.of(
                Campaign.agent().binary().toString(),
                "bootstrap",
                "--config",
                stage.manifestFile(host).toString(),
                "--node",
                host.node(),
                "--hosts-file",
                hosts.toString()));
    command.addAll(List.of(more));
    return stage.start(host, "bootstrap", command, Capability.AGENT);
  }

  /** A stand-in for an API server: says of everything that it is well. */
  private static HttpServer apiServer(Host host) throws IOException, InterruptedException {
    HttpServer server =
        host.namespace().call(() -> HttpServer.create(new InetSocketAddress(6443), 16));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String text(Path hosts) throws IOException {
    return Files.readString(hosts, StandardCharsets.ISO_8859_1);
  }

  private static void await(Path hosts, String wanted)
      throws IOException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (!text(hosts).equals(wanted)) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("the file is " + text(hosts));
      }
      Thread.sleep(20);
    }
  }
}
