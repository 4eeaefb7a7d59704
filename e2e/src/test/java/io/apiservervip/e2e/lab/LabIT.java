package io.apiservervip.e2e.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.probe.ConnectionProbe;
import io.apiservervip.e2e.probe.EchoBackends;
import io.apiservervip.e2e.probe.ProbeResult;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabIT {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofMillis(400);

  @Test
  void hostsHearEachOtherUntilOneIsSilencedAndAgainAfterwards() throws Exception {
    try (Lab lab = Lab.open(2)) {
      Host one = lab.hosts().get(0);
      assertThat(reaches(lab, one, PATIENCE)).isTrue();
      lab.lanSwitch().blackhole(one);
      assertThat(reaches(lab, one, SILENCE)).isFalse();
      lab.lanSwitch().heal(one);
      assertThat(reaches(lab, one, PATIENCE)).isTrue();
      lab.lanSwitch().cut(one);
      assertThat(lab.run(one, "cat", "/sys/class/net/eth0/carrier")).startsWith("0");
      lab.lanSwitch().heal(one);
      assertThat(reaches(lab, one, PATIENCE)).isTrue();
    }
  }

  @Test
  void nothingIsLeftAfterClose() throws Exception {
    String prefix;
    LabProcess sleeper;
    try (Lab lab = Lab.open(1)) {
      prefix = lab.client().namespace().name().replace("-cl", "");
      sleeper =
          lab.start(lab.hosts().getFirst(), "sleeper", List.of("sleep", "600"), Capability.AGENT);
      assertThat(sleeper.alive()).isTrue();
    }
    assertThat(sleeper.alive()).isFalse();
    assertThat(Shell.run(List.of("ip", "netns", "list"))).doesNotContain(prefix);
  }

  @Test
  void agentCapabilitiesAreAllThatAProgramGets() throws Exception {
    try (Lab lab = Lab.open(1)) {
      LabProcess process =
          lab.start(
              lab.hosts().getFirst(),
              "caps",
              List.of("grep", "CapEff", "/proc/self/status"),
              Capability.AGENT);
      assertThat(process.awaitExit()).isZero();
      assertThat(process.log()).content().contains("0000000000803400");
    }
  }

  @Test
  void watchStampsWhenAnAddressComesAndGoes() throws Exception {
    try (Lab lab = Lab.open(2)) {
      HolderWatch watch = lab.watch("10.99.0.50");
      long from = HolderWatch.nowMicros();
      lab.run(lab.hosts().get(1), "ip", "addr", "add", "10.99.0.50/32", "dev", "eth0");
      assertThat(watch.await(h -> h.size() == 1, Duration.ofSeconds(2))).containsExactly("cp-2");
      lab.run(lab.hosts().get(1), "ip", "addr", "del", "10.99.0.50/32", "dev", "eth0");
      assertThat(watch.await(List::isEmpty, Duration.ofSeconds(2))).isEmpty();
      assertThat(watch.spans(from, HolderWatch.nowMicros())).hasSize(3);
    }
  }

  @Test
  void probeSeesTheLengthOfAnInterruption() throws Exception {
    try (Lab lab = Lab.open(1);
        EchoBackends backends = EchoBackends.start(lab, 6443);
        ConnectionProbe probe =
            ConnectionProbe.start(
                lab.client().namespace(),
                lab.hosts().getFirst().ipv4(),
                backends.port(),
                Duration.ofMillis(5))) {
      Thread.sleep(1000);
      long from = System.nanoTime();
      Thread.sleep(500);
      lab.lanSwitch().blackhole(lab.hosts().getFirst());
      Thread.sleep(300);
      lab.lanSwitch().pass(lab.hosts().getFirst());
      Thread.sleep(500);
      ProbeResult result = probe.between(from, System.nanoTime());
      assertThat(result.servers()).containsOnlyKeys("cp-1");
      assertThat(result.outage()).isBetween(Duration.ofMillis(280), Duration.ofMillis(420));
      assertThat(result.failed()).isBetween(50, 85);
    }
  }

  private static boolean reaches(Lab lab, Host host, Duration patience) throws Exception {
    return lab.client()
        .namespace()
        .call(
            () -> {
              try (Socket socket = new Socket()) {
                socket.connect(
                    new InetSocketAddress(InetAddress.ofLiteral(host.ipv4()), 9),
                    (int) patience.toMillis());
                return true;
              } catch (ConnectException e) {
                return String.valueOf(e.getMessage()).contains("refused");
              } catch (IOException e) {
                return false;
              }
            });
  }
}
