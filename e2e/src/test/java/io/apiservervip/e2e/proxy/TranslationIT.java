package io.apiservervip.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.linux.NftablesTranslation;
import io.apiservervip.agent.proxy.TranslationRule;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.Namespace;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * 6443 for clients on a node whose port 6443 somebody else holds: the kernel's translation alone,
 * with stand-ins for the API server and for the proxy.
 */
class TranslationIT {
  private static final String VIP = "10.99.0.50";
  private static final String VIP6 = "fd99::50";
  private static final String OTHER_VIP = "10.99.0.51";

  private final Lab lab;
  private final Host host;
  private final Namespace node;
  private final Namespace client;
  private final List<WordServer> servers;

  TranslationIT() throws Exception {
    lab = Lab.open(2);
    host = lab.hosts().getFirst();
    node = host.namespace();
    client = lab.client().namespace();
    servers =
        List.of(
            WordServer.start(node, 6443, "api server"),
            WordServer.start(node, 16443, "proxy"),
            WordServer.start(node, 17443, "other proxy"),
            WordServer.start(lab.hosts().get(1).namespace(), 6443, "other node"));
  }

  @BeforeEach
  void addresses() throws Exception {
    address(host, "add", VIP + "/32");
    address(host, "add", OTHER_VIP + "/32");
    address(host, "add", VIP6 + "/128");
  }

  @AfterEach
  void close() throws Exception {
    for (WordServer server : servers) {
      server.close();
    }
    lab.close();
  }

  private void address(Host on, String verb, String address) throws Exception {
    String[] nodad = address.contains(":") ? new String[] {"nodad"} : new String[0];
    Stream<String> command = Stream.of("ip", "address", verb, address, "dev", "eth0");
    lab.run(on, Stream.concat(command, Stream.of(nodad)).toArray(String[]::new));
  }

  private static TranslationRule rule(String address, int bindPort) {
    return new TranslationRule(InetAddress.ofLiteral(address), 6443, bindPort);
  }

  private void apply(NftablesTranslation translation, TranslationRule... rules) throws Exception {
    assertThat(node.call(() -> String.valueOf(translation.apply(List.of(rules)))))
        .isEqualTo("null");
  }

  private void close(NftablesTranslation translation) throws Exception {
    node.call(
        () -> {
          translation.close();
          return true;
        });
  }

  private String tables() throws Exception {
    return lab.run(host, "nft", "list", "ruleset");
  }

  @Test
  void everybodyReachesTheProxyAtThePortThatTheApiServerHolds() throws Exception {
    assertThat(WordServer.ask(client, VIP, 6443)).isEqualTo("api server");
    NftablesTranslation translation = NftablesTranslation.of("control-plane");
    apply(translation, rule(VIP, 16443), rule(VIP6, 16443));
    for (Namespace from : List.of(client, node)) {
      assertThat(WordServer.ask(from, VIP, 6443)).isEqualTo("proxy");
      assertThat(WordServer.ask(from, VIP6, 6443)).isEqualTo("proxy");
      assertThat(WordServer.ask(from, VIP, 16443)).isEqualTo("proxy");
      assertThat(WordServer.ask(from, host.ipv4(), 6443)).isEqualTo("api server");
      assertThat(WordServer.ask(from, host.ipv6(), 6443)).isEqualTo("api server");
    }
    close(translation);
    assertThat(WordServer.ask(client, VIP, 6443)).isEqualTo("api server");
    assertThat(tables()).isEmpty();
  }

  @Test
  void podBehindAnUnnumberedVethReachesTheProxy() throws Exception {
    NftablesTranslation translation = NftablesTranslation.of("control-plane");
    apply(translation, rule(VIP, 16443), rule(VIP6, 16443));
    try (Pod pod = Pod.on(host)) {
      assertThat(WordServer.ask(pod.namespace(), VIP, 6443)).isEqualTo("proxy");
      assertThat(WordServer.ask(pod.namespace(), VIP6, 6443)).isEqualTo("proxy");
      assertThat(WordServer.ask(pod.namespace(), host.ipv4(), 6443)).isEqualTo("api server");
    }
  }

  @Test
  void liveSessionsSurviveThatTheRulesAreReplacedAndFlushed() throws Exception {
    NftablesTranslation translation = NftablesTranslation.of("control-plane");
    apply(translation, rule(VIP, 16443), rule(VIP6, 16443));
    try (Socket outside = WordServer.connect(client, VIP, 6443);
        Socket local = WordServer.connect(node, VIP6, 6443)) {
      assertThat(List.of(WordServer.ask(outside), WordServer.ask(local))).containsOnly("proxy");
      apply(translation, rule(VIP, 17443), rule(VIP6, 17443));
      assertThat(WordServer.ask(client, VIP, 6443)).isEqualTo("other proxy");
      assertThat(List.of(WordServer.ask(outside), WordServer.ask(local))).containsOnly("proxy");
      apply(translation);
      assertThat(WordServer.ask(client, VIP, 6443)).isEqualTo("api server");
      assertThat(List.of(WordServer.ask(outside), WordServer.ask(local))).containsOnly("proxy");
    }
  }

  @Test
  void rulesAreInertWithoutTheAddressSoThatTheNodeReachesTheNewActive() throws Exception {
    apply(NftablesTranslation.of("control-plane"), rule(VIP, 16443), rule(VIP6, 16443));
    assertThat(WordServer.ask(node, VIP, 6443)).isEqualTo("proxy");
    address(host, "del", VIP + "/32");
    address(host, "del", VIP6 + "/128");
    address(lab.hosts().get(1), "add", VIP + "/32");
    address(lab.hosts().get(1), "add", VIP6 + "/128");
    lab.run(lab.client(), "ip", "neigh", "flush", "all");
    for (Namespace from : List.of(node, client)) {
      assertThat(WordServer.ask(from, VIP, 6443)).isEqualTo("other node");
      assertThat(WordServer.ask(from, VIP6, 6443)).isEqualTo("other node");
    }
  }

  @Test
  void twoApiServerVipsOnOneNodeLeaveEachOtherAlone() throws Exception {
    NftablesTranslation one = NftablesTranslation.of("control-plane");
    NftablesTranslation other = NftablesTranslation.of("control-plane-2");
    apply(one, rule(VIP, 16443));
    apply(other, rule(OTHER_VIP, 17443));
    assertThat(WordServer.ask(client, VIP, 6443)).isEqualTo("proxy");
    assertThat(WordServer.ask(client, OTHER_VIP, 6443)).isEqualTo("other proxy");
    close(one);
    assertThat(WordServer.ask(client, VIP, 6443)).isEqualTo("api server");
    assertThat(WordServer.ask(client, OTHER_VIP, 6443)).isEqualTo("other proxy");
    apply(NftablesTranslation.of("control-plane"), rule(VIP, 16443));
    close(other);
    assertThat(WordServer.ask(client, VIP, 6443)).isEqualTo("proxy");
    assertThat(WordServer.ask(client, OTHER_VIP, 6443)).isEqualTo("api server");
  }

  @Test
  void whatAnEarlierLifeLeftIsReplacedOrRemovedAndNothingElse() throws Exception {
    lab.run(host, "nft", "add table inet somebody_else");
    apply(NftablesTranslation.of("control-plane"), rule(OTHER_VIP, 17443));
    for (int start = 0; start < 3; start++) {
      apply(NftablesTranslation.of("control-plane"), rule(VIP, 16443));
    }
    assertThat(tables().split("dnat ip to")).hasSize(3);
    assertThat(WordServer.ask(client, VIP, 6443)).isEqualTo("proxy");
    assertThat(WordServer.ask(client, OTHER_VIP, 6443)).isEqualTo("api server");
    NftablesTranslation later = NftablesTranslation.of("control-plane");
    assertThat(node.call(() -> String.valueOf(later.clean()))).isEqualTo("null");
    assertThat(node.call(() -> String.valueOf(later.clean()))).isEqualTo("null");
    assertThat(tables().strip()).isEqualTo("table inet somebody_else {\n}");
  }

  @Test
  void rulesThatSomebodyFlushedAreMissedAndMadeAgain() throws Exception {
    NftablesTranslation translation = NftablesTranslation.of("control-plane");
    apply(translation, rule(VIP, 16443));
    assertThat(node.call(translation::intact)).isTrue();
    lab.run(host, "nft", "flush", "ruleset");
    assertThat(node.call(translation::intact)).isFalse();
    assertThat(WordServer.ask(client, VIP, 6443)).isEqualTo("api server");
    apply(translation, rule(VIP, 16443));
    assertThat(node.call(translation::intact)).isTrue();
    assertThat(WordServer.ask(client, VIP, 6443)).isEqualTo("proxy");
  }
}
