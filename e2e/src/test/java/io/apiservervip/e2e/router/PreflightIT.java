package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.HolderTimeline;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.LabProcess;
import io.apiservervip.e2e.probe.TlsBackends;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code node-agent preflight} finds, and that nobody notices it. */
class PreflightIT {
  private static final Duration FAST = Duration.ofMillis(100);
  private static final String REJECTED =
      "apiservervip_vrrp_adverts_rejected_total{reason=\"bad_version\"}";

  /** With the proxy, whose API servers are the members. */
  private static String proxied(AgentStage stage) {
    return stage
        .manifest()
        .replace("loadBalancer: {mode: None}", "loadBalancer: {backends: {source: Members}}");
  }

  /** Everything of a host that a program could leave there. */
  private static String state(AgentStage stage, Host host) throws Exception {
    return stage.lab().run(host, "ip", "-o", "address")
        + stage.lab().run(host, "ip", "maddress", "show", "dev", "eth0")
        + stage.lab().run(host, "ip", "route")
        + stage.lab().run(host, "nft", "list", "ruleset");
  }

  @Test
  @Tag("long")
  void threeHostsThatAreAsTheyShouldBeHearEachOtherAndNothingIsLeft() throws Exception {
    AgentStage.on(
        3,
        stage -> {
          TlsBackends.start(stage.lab(), 6443);
          String before = state(stage, stage.host(1));
          PreflightStage preflights = new PreflightStage(stage);
          for (int number = 1; number <= 3; number++) {
            preflights.start(number, proxied(stage), "8s", Capability.AGENT);
          }
          PreflightStage.Report first = preflights.report("cp-1");
          assertThat(first.line("protocol 112 with cp-2"))
              .isEqualTo("protocol 112 with cp-2  ok  each hears the other, multicast");
          assertThat(first.line("protocol 112 with cp-3"))
              .isEqualTo("protocol 112 with cp-3  ok  each hears the other, multicast");
          assertThat(first.line("interface")).contains("ok  eth0").contains("10.99.0.11");
          assertThat(first.line("virtual router id 51")).contains("ok  nobody uses it");
          assertThat(first.line("who has 10.99.0.50")).contains("ok  no other host answers");
          assertThat(first.line("translation")).contains("ok  the kernel takes rules");
          assertThat(first.line("port 16443")).isEqualTo("port 16443  ok  free");
          assertThat(first.line("port 9870")).isEqualTo("port 9870  ok  free");
          assertThat(first.line("API server 10.99.0.13:6443")).contains("ok  answers");
          assertThat(first.line("certificate of 10.99.0.13:6443"))
              .contains("ok  covers 10.99.0.50");
          assertThat(first.status()).isZero();
          assertThat(preflights.report("cp-2").status()).isZero();
          assertThat(preflights.report("cp-3").status()).isZero();
          assertThat(state(stage, stage.host(1))).isEqualTo(before);
          assertThat(stage.stateDirectory(stage.host(1))).doesNotExist();
        });
  }

  @Test
  void whatIsWrongIsSaidWithItsRemedy() throws Exception {
    AgentStage.on(
        3,
        stage -> {
          stranger(stage);
          stage
              .lab()
              .run(stage.lab().client(), "ip", "address", "add", "10.99.0.52/24", "dev", "eth0");
          TlsBackends.start(stage.lab(), 6443);
          squatter(stage);
          dropArriving112(stage, stage.host(1));
          String manifest = proxied(stage).replace("10.99.0.50", "10.99.0.52");
          PreflightStage preflights =
              new PreflightStage(stage)
                  .start(1, manifest, "4s", Capability.AGENT)
                  .start(2, manifest, "4s", Capability.AGENT)
                  .start(3, manifest, "1s", Capability.WITHOUT_NET_RAW);
          PreflightStage.Report first = preflights.report("cp-1");
          PreflightStage.Report second = preflights.report("cp-2");
          PreflightStage.Report third = preflights.report("cp-3");
          assertThat(first.line("protocol 112 with cp-2"))
              .contains("fail  its packets reach eth0 and no program: this host drops them");
          assertThat(second.line("protocol 112 with cp-1"))
              .contains("fail  cp-1 is heard here and does not hear this node");
          assertThat(second.line("protocol 112 with cp-3"))
              .contains("not checked  it gets there (ICMP: nobody listens for it)");
          assertThat(second.line("virtual router id 51"))
              .contains("fail  in use by 10.99.0.100 (version 2")
              .contains("addresses 10.99.0.99")
              .contains("free one (52, 53, 54)");
          assertThat(second.line("who has 10.99.0.52"))
              .contains("fail  answered by")
              .contains("no member of the group");
          assertThat(first.line("port 16443")).contains("fail  perl (pid").contains("bindPort");
          assertThat(second.line("port 16443")).contains("ok  free");
          assertThat(second.line("certificate of 10.99.0.11:6443"))
              .contains("fail  does not cover 10.99.0.52");
          assertThat(third.line("capabilities")).contains("fail  without NET_RAW");
          assertThat(third.line("segment")).contains("not checked  raw sockets need CAP_NET_RAW");
          assertThat(List.of(first.status(), second.status(), third.status()))
              .containsExactly(1, 1, 1);
        });
  }

  /** Two agents and a keepalived; first an agent is Active, then keepalived. */
  @Test
  @Tag("long")
  void aRunningGroupIsNotDisturbedWhoeverIsActive() throws Exception {
    AgentStage.on(
        3,
        stage -> {
          LabProcess active = stage.start(stage.host(1), stage.manifest());
          stage.holders("cp-1");
          stage.start(stage.host(3), stage.manifest());
          stage.role(stage.host(3), "Backup");
          Router keepalived = keepalived(stage);
          keepalived.start();
          Thread.sleep(1500);
          PreflightStage.Report third = undisturbed(stage, "cp-1");
          assertThat(third.line("agent")).contains("ok  one of this resource runs here, Backup");
          assertThat(third.line("virtual router id 51"))
              .contains("ok  this group's: cp-1 (10.99.0.11) advertises with priority 250");
          assertThat(third.line("who has 10.99.0.50")).contains("(cp-1), which is Active");
          assertThat(third.line("port 9870")).contains("ok  held by the agent that runs here");
          assertThat(third.status()).isZero();
          assertThat(AgentMetrics.of(stage.host(3)).values().get(REJECTED)).isGreaterThan(5);
          active.kill();
          stage.holders("cp-2");
          stage.await(stage.host(3), s -> s.path("activeSource").asText().equals("10.99.0.12"));
          assertThat(undisturbed(stage, "cp-2").line("who has 10.99.0.50"))
              .contains("(cp-2), which is Active");
          assertThat(Files.readString(keepalived.log()))
              .containsOnlyOnce("Entering MASTER STATE")
              .doesNotContain("invalid");
        });
  }

  /** Preflights on all hosts while nothing moves; the report of cp-3. */
  private static PreflightStage.Report undisturbed(AgentStage stage, String holder)
      throws Exception {
    long transitions = AgentMetrics.of(stage.host(3)).transitions();
    long from = HolderWatch.nowMicros();
    PreflightStage preflights = new PreflightStage(stage);
    for (int number = 1; number <= 3; number++) {
      preflights.start(number, stage.manifest(), "2s", Capability.AGENT);
    }
    PreflightStage.Report report = preflights.report("cp-3");
    assertThat(preflights.report("cp-1").status()).isZero();
    assertThat(preflights.report("cp-2").lines()).isNotEmpty();
    List<HolderTimeline.Span> spans = stage.watch().spans(from, HolderWatch.nowMicros());
    assertThat(spans).hasSize(1);
    assertThat(spans.getFirst().holders()).containsExactly(holder);
    assertThat(AgentMetrics.of(stage.host(3)).transitions()).isEqualTo(transitions);
    return report;
  }

  /** A member of the group on cp-2, of the same addresses and priority as the agent's there. */
  private static Router keepalived(AgentStage stage) throws Exception {
    List<GroupMember> members = new ArrayList<>();
    for (Host host : stage.lab().hosts()) {
      members.add(new GroupMember(host, 250 - 13 * members.size()));
    }
    return new KeepalivedProgram()
        .configure(stage.lab(), GroupConfig.of(3, FAST), members, members.get(1));
  }

  /** Another group of version 2 with the same virtual router id, on the client's host. */
  private static void stranger(AgentStage stage) throws Exception {
    GroupMember alone = new GroupMember(stage.lab().client(), 100);
    new KeepalivedProgram()
        .configure(
            stage.lab(),
            GroupConfig.of(2, Duration.ofSeconds(1)).withAddresses(List.of("10.99.0.99")),
            List.of(alone),
            alone)
        .start();
  }

  private static void squatter(AgentStage stage) throws Exception {
    String program =
        "my $s = IO::Socket::INET->new(LocalPort => 16443, Listen => 1) or die; sleep 60";
    stage.start(
        stage.host(1),
        "squatter",
        List.of("perl", "-MIO::Socket::INET", "-e", program),
        Capability.AGENT);
  }

  private static void dropArriving112(AgentStage stage, Host host) throws Exception {
    String rules =
        "table inet firewall { chain input { type filter hook input priority 0 ;"
            + " ip protocol 112 drop ; } ; }";
    stage.lab().run(host, "nft", "add " + rules);
  }
}
