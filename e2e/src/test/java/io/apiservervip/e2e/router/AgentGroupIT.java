package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.lab.Capture;
import io.apiservervip.e2e.lab.HolderTimeline;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.LabProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Agents among themselves, and beside a group that is none of their business. */
class AgentGroupIT {
  private static String addresses(AgentStage stage, Host host) throws Exception {
    return stage.lab().run(host, "ip", "-o", "address", "show", "eth0");
  }

  private static void startInOrder(AgentStage stage, String manifest) throws Exception {
    stage.start(stage.host(1), manifest);
    stage.role(stage.host(1), "Active");
    stage.start(stage.host(2), manifest);
    stage.role(stage.host(2), "Backup");
  }

  @Test
  void bothFamiliesMoveTogether() throws Exception {
    AgentStage.on(
        2,
        stage -> {
          String manifest =
              stage.manifest().replace("[\"10.99.0.50\"]", "[\"10.99.0.50\", \"fd99::50\"]");
          LabProcess first = stage.start(stage.host(1), manifest);
          stage.role(stage.host(1), "Active");
          stage.start(stage.host(2), manifest);
          stage.role(stage.host(2), "Backup");
          assertThat(addresses(stage, stage.host(1))).contains("10.99.0.50/32", "fd99::50/128");
          assertThat(addresses(stage, stage.host(2))).doesNotContain("fd99::50", "10.99.0.50");
          first.terminate();
          assertThat(first.awaitExit()).isZero();
          stage.role(stage.host(2), "Active");
          assertThat(addresses(stage, stage.host(1))).doesNotContain("fd99::50", "10.99.0.50");
          assertThat(addresses(stage, stage.host(2))).contains("10.99.0.50/32", "fd99::50/128");
        });
  }

  @Test
  void groupOfIpv6FailsOver() throws Exception {
    AgentStage.on(
        2,
        stage -> {
          String manifest = stage.manifest().replace("10.99.0.50", "fd99::50");
          startInOrder(stage, manifest);
          assertThat(addresses(stage, stage.host(1))).contains("fd99::50/128");
          stage.lab().lanSwitch().blackhole(stage.host(1));
          stage.role(stage.host(2), "Active");
          assertThat(addresses(stage, stage.host(2))).contains("fd99::50/128");
          stage.lab().lanSwitch().heal(stage.host(1));
          stage.role(stage.host(2), "Backup");
        });
  }

  @Test
  void unicastGroupFailsOverWithoutAMulticastPacket() throws Exception {
    AgentStage.on(
        2,
        stage -> {
          Capture capture = stage.lab().capture(stage.host(1), "ip dst host 224.0.0.18");
          startInOrder(stage, stage.manifest().replace("Multicast", "Unicast"));
          long from = HolderWatch.nowMicros();
          stage.lab().lanSwitch().blackhole(stage.host(1));
          stage.role(stage.host(2), "Active");
          // 3 x 100 ms + 19/256 x 100 ms = 307 ms, of which at most one interval has passed
          assertThat(since(stage, from, "cp-2")).isBetween(190L, 450L);
          assertThat(capture.stop()).isEmpty();
        });
  }

  private static long since(AgentStage stage, long from, String node) {
    return stage.watch().spans(from, HolderWatch.nowMicros()).stream()
        .takeWhile(span -> !span.holders().contains(node))
        .mapToLong(HolderTimeline.Span::millis)
        .sum();
  }

  @Test
  void neighbourGroupOfTheSameIdKeepsItsAdverts() throws Exception {
    AgentStage.on(
        3,
        stage -> {
          GroupConfig theirs =
              GroupConfig.of(2, Duration.ofSeconds(1))
                  .withPassword("1111")
                  .withAddresses(List.of("10.99.0.60"));
          List<GroupMember> members =
              List.of(new GroupMember(stage.host(1), 200), new GroupMember(stage.host(2), 100));
          List<Router> routers = new ArrayList<>();
          for (GroupMember member : members) {
            Router router = new KeepalivedProgram().configure(stage.lab(), theirs, members, member);
            router.start();
            routers.add(router);
          }
          Thread.sleep(6000);
          Capture adverts =
              stage
                  .lab()
                  .capture(stage.host(1), "ip proto 112 and src host " + stage.host(1).ipv4());
          Capture ours =
              stage
                  .lab()
                  .capture(stage.host(3), "ip proto 112 and src host " + stage.host(3).ipv4());
          String manifest = stage.manifest().replaceAll("    - \\{node: cp-[12].*\\n", "");
          stage.start(stage.host(3), manifest);
          Thread.sleep(10_000);
          assertThat(adverts.stop()).hasSizeBetween(9, 11);
          assertThat(ours.stop()).isEmpty();
          assertThat(stage.watch().holders()).isEmpty();
          JsonNode status = stage.role(stage.host(3), "Fault");
          assertThat(status.path("message").asText())
              .contains("10.99.0.11", "version_mismatch", "free here: 52, 53, 54");
          assertThat(addresses(stage, stage.host(1))).contains("10.99.0.60");
          for (Router router : routers) {
            router.stop();
          }
        });
  }
}
