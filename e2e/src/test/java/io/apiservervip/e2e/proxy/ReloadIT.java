package io.apiservervip.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The document changes while connections live: what it does not remove does not notice. */
class ReloadIT {
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration APPLIED = Duration.ofSeconds(8);
  private static final int SECOND_PORT = 19345;

  @Test
  void weightsChecksAndLimitsChangeAndNoConnectionIsLost() throws Exception {
    RelayStage.on(
        stage -> {
          List<Rendezvous.Pair> live = pairs(stage, 10);
          change(stage, text -> text.replace("port: 6443}]", "port: 6443, weight: 10}]"));
          exchange(live);
          change(stage, text -> text.replace("type: Tcp", "type: Tls"));
          exchange(live);
          change(
              stage,
              text ->
                  text.replace("type: Tls", "type: Tcp, interval: 2s")
                      .replace("queueTimeout: 10s", "queueTimeout: 5s")
                      .replace("static:", "static:  "));
          exchange(live);
          exchange(pairs(stage, 2));
        });
  }

  @Test
  void addedServerIsUsedAndARemovedOneDrains() throws Exception {
    RelayStage.on(
        stage -> {
          Host third = stage.lab().host("cp-3");
          change(
              stage,
              text ->
                  text.replace("    healthCheck", "    drainTimeout: 3s\n    healthCheck")
                      .replace(", {address: \"" + third.ipv4() + "\", port: 6443}", ""));
          awaitOnly(stage, List.of("10.99.0.12"));
          List<Rendezvous.Pair> onSecond = pairs(stage, 4);
          assertThat(servers(onSecond)).containsOnly("10.99.0.12");

          change(stage, text -> text.replace(stage.lab().host("cp-2").ipv4(), third.ipv4()));
          awaitOnly(stage, List.of("10.99.0.13"));
          exchange(onSecond);
          long removed = System.nanoTime();
          for (Rendezvous.Pair pair : onSecond) {
            assertEnds(pair.client());
          }
          assertThat(Duration.ofNanos(System.nanoTime() - removed))
              .isLessThan(Duration.ofSeconds(6));
          exchange(pairs(stage, 4));
        });
  }

  @Test
  void addedListenerOpensAndARemovedOneClosesAfterItsDrain() throws Exception {
    RelayStage.on(
        stage -> {
          List<Rendezvous.Pair> live = pairs(stage, 4);
          String second =
              "\n      - {name: supervisor, port: 19345, bindPort: 19345, backendPort: 6443}";
          change(
              stage,
              text ->
                  text.replace("    healthCheck", "    drainTimeout: 3s\n    healthCheck")
                      .replace("backendPort: 6443}", "backendPort: 6443}" + second));
          Proxies.awaitOpen(stage.lab(), address(stage), SECOND_PORT, stage.proxy());
          Rendezvous.Half half = stage.rendezvous().half(stage.lab().client(), SECOND_PORT);
          Rendezvous.Pair onSecond =
              new Rendezvous.Pair(half.client(), stage.rendezvous().await(half, SOON));
          exchange(List.of(onSecond));

          change(stage, text -> text.replace(second, ""));
          awaitRefused(stage.lab(), address(stage));
          exchange(List.of(onSecond));
          exchange(live);
          assertEnds(onSecond.client());
          exchange(live);
        });
  }

  @Test
  void hangUpReadsTheDocumentAgain() throws Exception {
    RelayStage.on(
        stage -> {
          List<Rendezvous.Pair> live = pairs(stage, 4);
          Path manifest = AgentProxy.manifest(stage.lab(), stage.lab().host("cp-1"));
          Files.writeString(
              manifest,
              Files.readString(manifest).replace(", {address: \"10.99.0.13\", port: 6443}", ""));
          stage.proxy().hangUp();
          awaitOnly(stage, List.of("10.99.0.12"));
          exchange(live);
        });
  }

  /** How a document changes. */
  private interface Edit {
    String apply(String text);
  }

  /** Replaces the file in one move, as an editor or a configuration tool does. */
  private static void change(RelayStage stage, Edit edit) throws Exception {
    Path manifest = AgentProxy.manifest(stage.lab(), stage.lab().host("cp-1"));
    String before = Files.readString(manifest);
    String after = edit.apply(before);
    assertThat(after).isNotEqualTo(before);
    Path next = manifest.resolveSibling("next.yaml");
    Files.writeString(next, after);
    int applied = applied(stage.proxy());
    Files.move(
        next,
        manifest,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    long deadline = System.nanoTime() + APPLIED.toNanos();
    while (applied(stage.proxy()) == applied && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    assertThat(applied(stage.proxy())).as("lines of a new document").isGreaterThan(applied);
  }

  private static int applied(LabProcess agent) throws IOException {
    return (int)
        Files.readAllLines(agent.log()).stream()
            .filter(line -> line.contains("configuration applied"))
            .count();
  }

  private static String address(RelayStage stage) {
    return stage.lab().host("cp-1").ipv4();
  }

  private static List<Rendezvous.Pair> pairs(RelayStage stage, int count) throws Exception {
    List<Rendezvous.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pairs.add(stage.rendezvous().pair());
    }
    return pairs;
  }

  private static List<String> servers(List<Rendezvous.Pair> pairs) {
    return pairs.stream()
        .map(pair -> pair.server().getLocalAddress().getHostAddress())
        .distinct()
        .toList();
  }

  private static void exchange(List<Rendezvous.Pair> pairs) throws IOException {
    for (Rendezvous.Pair pair : pairs) {
      pair.client().getOutputStream().write(1);
      assertThat(pair.server().getInputStream().read()).isEqualTo(1);
      pair.server().getOutputStream().write(2);
      assertThat(pair.client().getInputStream().read()).isEqualTo(2);
    }
  }

  private static void awaitOnly(RelayStage stage, List<String> servers) throws Exception {
    long deadline = System.nanoTime() + APPLIED.toNanos();
    List<String> seen;
    do {
      List<Rendezvous.Pair> pairs = pairs(stage, 6);
      seen = servers(pairs);
      for (Rendezvous.Pair pair : pairs) {
        pair.close();
      }
      assertThat(System.nanoTime()).as("new connections only to " + servers).isLessThan(deadline);
    } while (!seen.equals(servers));
  }

  private static void awaitRefused(Lab lab, String address) throws Exception {
    long deadline = System.nanoTime() + APPLIED.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        Proxies.connect(lab.client(), address, SECOND_PORT).close();
        Thread.sleep(50);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("refused");
        return;
      }
    }
    assertThatThrownBy(() -> Proxies.connect(lab.client(), address, SECOND_PORT))
        .hasMessageContaining("refused");
  }

  /** In order or by a reset. */
  private static void assertEnds(Socket socket) throws IOException {
    try {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } catch (java.net.SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }
}
