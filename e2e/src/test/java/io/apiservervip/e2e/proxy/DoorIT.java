package io.apiservervip.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.LabProcess;
import io.apiservervip.e2e.router.Campaign;
import io.apiservervip.e2e.router.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The whole chain on nodes whose own API server holds *:6443: VIP:6443, the kernel's translation,
 * the proxy on 16443, a TLS server; from outside, from the nodes and from pods.
 */
class DoorIT {
  private static final List<String> BOTH = List.of(DoorStage.ADDRESS, DoorStage.ADDRESS6);

  /** addressLifetime 1 s, up to 1.1 s late, an election, and a busy machine. */
  private static final Duration MOVED = Duration.ofSeconds(5);

  @Test
  void everybodyComesThroughTheDoorBeforeAndAfterTheActivesAgentIsLost() throws Exception {
    DoorStage.on(
        BOTH,
        UnaryOperator.identity(),
        stage -> {
          Router active = stage.group().calm();
          Host holder = active.host();
          try (Pod pod = Pod.on(holder)) {
            everybodyIsServed(stage, holder, pod);
            assertThat(served(stage, stage.lab().client(), holder.ipv4(), 16443)).isTrue();
            assertThat(served(stage, stage.lab().client(), holder.ipv4(), DoorStage.PORT)).isTrue();

            active.kill();
            reachesAgain(stage, holder);
            Router second = stage.group().calm();
            everybodyIsServed(stage, holder, pod);

            second.freeze();
            reachesAgain(stage, second.host());
            second.resume();
            stage.group().calm();
            everybodyIsServed(stage, holder, pod);
          }
        });
  }

  @Test
  @Tag("long")
  void boundToTheVirtualAddressesAloneItAnswersThereAlone() throws Exception {
    DoorStage.on(
        BOTH,
        manifest -> manifest.replace("backendPort: 6443}", "backendPort: 6443, bind: Virtual}"),
        stage -> {
          Router active = stage.group().calm();
          try (Pod pod = Pod.on(active.host())) {
            everybodyIsServed(stage, active.host(), pod);
          }
          Host client = stage.lab().client();
          for (Host host : stage.lab().hosts()) {
            assertThat(served(stage, client, host.ipv4(), 16443)).as("%s", host).isFalse();
          }
          assertThat(served(stage, client, DoorStage.ADDRESS, 16443)).isTrue();
          active.kill();
          reachesAgain(stage, active.host());
        });
  }

  @Test
  @Tag("long")
  void twoVipsShareANodeAndTheEndOfOneIsNotTheOthers() throws Exception {
    DoorStage.on(
        stage -> {
          Router active = stage.group().calm();
          Host host = active.host();
          LabProcess second = startSecond(stage, host);
          awaitServed(stage, "10.99.0.60");
          assertThat(stage.ask(host, "10.99.0.60")).startsWith("cp-");
          assertThat(stage.ask(stage.lab().client())).startsWith("cp-");
          second.terminate();
          assertThat(second.awaitExit()).isZero();
          assertThat(stage.lab().run(host, "nft", "list", "tables").lines()).hasSize(1);
          assertThat(stage.ask(host)).startsWith("cp-");
          assertThat(stage.ask(stage.lab().client())).startsWith("cp-");
        });
  }

  /** Another ApiServerVip on the same node: all that must differ differs. */
  private static LabProcess startSecond(DoorStage stage, Host host) throws IOException {
    Path file = stage.lab().directory().resolve("second.yaml");
    String manifest =
        AgentProxy.text(
                host,
                ProxyConfig.of(
                    DoorStage.PORT, stage.backends().addresses(), ProxyConfig.Check.HTTPS))
            .replace("name: control-plane", "name: second")
            .replace("10.99.0.50", "10.99.0.60")
            .replace("bindPort: 6443", "bindPort: 17443")
            .replace("  loadBalancer:", "  agent: {statusPort: 9871}\n  loadBalancer:");
    Files.writeString(file, manifest);
    List<String> command =
        List.of(
            Campaign.agent().binary().toString(),
            "run",
            "--config",
            file.toString(),
            "--node",
            host.node(),
            "--state-dir",
            stage.lab().directory().resolve("second-state").toString());
    return stage.lab().start(host, "second", command, Capability.AGENT);
  }

  private static void everybodyIsServed(DoorStage stage, Host home, Pod pod) throws Exception {
    for (String address : stage.group().config().addresses()) {
      assertThat(stage.ask(stage.lab().client(), address)).startsWith("cp-");
      for (Host host : stage.lab().hosts()) {
        assertThat(stage.ask(host, address)).as("%s from %s", address, host).startsWith("cp-");
      }
    }
    Host inside = new Host(pod.namespace(), "pod", "10.244.1.7", "fd44::7", "");
    routeBack(stage, home, inside);
    for (String address : stage.group().config().addresses()) {
      assertThat(stage.ask(inside, address)).as("%s from a pod", address).startsWith("cp-");
    }
  }

  /** Other nodes know where the pod is, as a cluster's network does. */
  private static void routeBack(DoorStage stage, Host home, Host pod) throws IOException {
    for (Host host : stage.lab().hosts()) {
      if (!host.equals(home)) {
        stage.lab().run(host, "ip", "route", "replace", pod.ipv4(), "via", home.ipv4());
        stage.lab().run(host, "ip", "-6", "route", "replace", pod.ipv6(), "via", home.ipv6());
      }
    }
    stage.lab().run(home, "sysctl", "-qw", "net.ipv6.conf.all.forwarding=1");
  }

  private static void reachesAgain(DoorStage stage, Host host) throws Exception {
    for (String address : stage.group().config().addresses()) {
      long begun = System.nanoTime();
      awaitServed(stage, host, address);
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      System.err.println("door: " + host + " reaches " + address + " after " + took.toMillis());
      assertThat(took).as("%s from %s", address, host).isLessThan(MOVED);
    }
  }

  private static void awaitServed(DoorStage stage, String address) throws Exception {
    awaitServed(stage, stage.lab().client(), address);
  }

  private static void awaitServed(DoorStage stage, Host from, String address) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (!served(stage, from, address, DoorStage.PORT)) {
      assertThat(System.nanoTime()).as("%s from %s", address, from).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private static boolean served(DoorStage stage, Host from, String address, int port)
      throws InterruptedException {
    try {
      return stage.ask(from, address, port).startsWith("cp-");
    } catch (IOException e) {
      return false;
    }
  }
}
