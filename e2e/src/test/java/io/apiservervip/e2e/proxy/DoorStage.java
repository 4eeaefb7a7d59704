package io.apiservervip.e2e.proxy;

import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.probe.TlsAsk;
import io.apiservervip.e2e.probe.TlsBackends;
import io.apiservervip.e2e.router.Campaign;
import io.apiservervip.e2e.router.Evidence;
import io.apiservervip.e2e.router.GroupConfig;
import io.apiservervip.e2e.router.RouterGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * The whole door on three hosts: on each a TLS server on *:6443 and an agent, clients at 6443 of
 * the virtual address.
 */
record DoorStage(Lab lab, TlsBackends backends, RouterGroup group, HolderWatch watch) {
  static final String ADDRESS = "10.99.0.50";
  static final String ADDRESS6 = "fd99::50";
  static final int PORT = 6443;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** A test's body. */
  interface Body {
    void run(DoorStage stage) throws Exception;
  }

  static void on(Body body) throws Exception {
    on(List.of(ADDRESS), UnaryOperator.identity(), body);
  }

  /** With servers that are ready for a hundred clients a second. */
  static void warm(Body body) throws Exception {
    on(List.of(ADDRESS), UnaryOperator.identity(), TlsBackends::startWarm, body);
  }

  /** With these addresses, and with this change to the manifest of every agent. */
  static void on(List<String> addresses, UnaryOperator<String> edit, Body body) throws Exception {
    on(addresses, edit, TlsBackends::start, body);
  }

  /** How the servers are started. */
  private interface Start {
    TlsBackends on(Lab lab, int port) throws IOException, InterruptedException;
  }

  private static void on(List<String> addresses, UnaryOperator<String> edit, Start start, Body body)
      throws Exception {
    try (Lab lab = Lab.open(3);
        HolderWatch watch = lab.watch(addresses.getFirst())) {
      Evidence.of(
          lab,
          () -> {
            TlsBackends backends = start.on(lab, PORT);
            GroupConfig config = GroupConfig.of(3, Duration.ofMillis(100)).withAddresses(addresses);
            RouterGroup group =
                RouterGroup.configure(
                    lab, Campaign.agent().with(text -> edit.apply(door(text))), config, watch);
            group.calm();
            DoorStage stage = new DoorStage(lab, backends, group, watch);
            stage.awaitAll();
            body.run(stage);
          });
    }
  }

  /** A manifest with a listener on the servers' own port, in place of no balancer. */
  static String door(String manifest) {
    return manifest.replace(
        "loadBalancer: {mode: None}",
        """
        loadBalancer:
            listeners:
              - {name: apiserver, port: 6443, backendPort: 6443}
            backends: {source: Members}
        """
            .strip());
  }

  /** Who answers at the virtual address, asked from the host. */
  String ask(Host from) throws IOException, InterruptedException {
    return ask(from, ADDRESS);
  }

  String ask(Host from, String address) throws IOException, InterruptedException {
    return ask(from, address, PORT);
  }

  String ask(Host from, String address, int port) throws IOException, InterruptedException {
    return TlsAsk.name(from.namespace(), address, port, PATIENCE);
  }

  /** Waits until every server has answered a client, which is until all checks found them up. */
  void awaitAll() throws IOException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    Map<String, Integer> answers = new TreeMap<>();
    String last = "";
    while (answers.size() < lab.hosts().size()) {
      try {
        answers.merge(ask(lab.client(), group.config().address()), 1, Integer::sum);
      } catch (IOException e) {
        last = String.valueOf(e.getMessage());
        Thread.sleep(100);
      }
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("answers " + answers + ", last failure " + last);
      }
    }
  }
}
