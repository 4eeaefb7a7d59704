package io.apiservervip.agentapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.api.v1alpha1.BackendSource;
import io.apiservervip.api.v1alpha1.CheckType;
import io.apiservervip.api.v1alpha1.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What file mode makes of a manifest. */
class ConfigResolutionTest {
  private static final String MEMBERS =
      "members: [{node: cp-1, addresses: [10.99.0.11], priority: 250},"
          + " {node: cp-2, addresses: [10.99.0.12], priority: 237}]";

  @Test
  void fileModeManifestOfTheContractIsResolved() {
    AgentConfig config = config(Manifests.contract("vip-file-mode.yaml"));
    assertThat(config.name()).isEqualTo("control-plane");
    assertThat(config.generation()).isZero();
    VrrpConfig vrrp = Objects.requireNonNull(config.vrrp());
    assertThat(vrrp.interfaceName()).isEqualTo("eth0");
    assertThat(vrrp.addresses()).hasSize(1);
    assertThat(vrrp.addresses().getFirst().address().getHostAddress()).isEqualTo("10.99.0.50");
    assertThat(vrrp.addresses().getFirst().prefixLength()).isEqualTo(32);
    assertThat(vrrp.addressLifetime()).isEqualTo(Duration.ofSeconds(1));
    assertThat(vrrp.group().version()).isEqualTo(3);
    assertThat(vrrp.group().virtualRouterId()).isEqualTo(50);
    assertThat(vrrp.group().advertisementInterval()).isEqualTo(Duration.ofMillis(100));
    assertThat(vrrp.group().transport()).isEqualTo(Transport.MULTICAST);
    assertThat(vrrp.group().password()).isNull();
    assertThat(vrrp.takeOver()).isEqualTo(new TakeOverConfig(false, Duration.ZERO, Duration.ZERO));
    assertThat(vrrp.gratuitousArp()).isEqualTo(new GratuitousArpConfig(5, Duration.ofMinutes(1)));
    assertThat(config.health()).isEqualTo(new HealthConfig(-85, -170));
    assertThat(config.members()).extracting(MemberConfig::priority).containsExactly(250, 237, 224);
    assertThat(
            Objects.requireNonNull(config.member("cp-2")).addresses().getFirst().getHostAddress())
        .isEqualTo("10.99.0.12");
    assertThat(config.member("worker")).isNull();
    assertThat(config.agent().statusPort()).isEqualTo(9870);
    ListenerConfig listener = Objects.requireNonNull(config.loadBalancer()).listeners().getFirst();
    assertThat(listener.bindPort()).isEqualTo(16_443);
  }

  @Test
  void minimalManifestNeedsMembersInFileMode() {
    assertThat(problems(Manifests.contract("vip-minimal.yaml")))
        .containsExactly(
            "spec.members: required in file mode: list each node with its addresses and priority,"
                + " such as {node: cp-1, addresses: [10.99.0.11], priority: 250}");
  }

  @Test
  void secretsAndKernelModeAreRefusedInFileMode() {
    String text =
        Manifests.withSpec(
            "addresses: [10.99.0.50]",
            MEMBERS,
            "vrrp: {version: 2, authentication: {type: Password,"
                + " passwordSecretRef: {name: vrrp, key: password}}}",
            "loadBalancer: {mode: Kernel}");
    assertThat(problems(text))
        .containsExactly(
            "spec.vrrp.authentication.passwordSecretRef: not possible in file mode, where there is"
                + " no Secret; write password inline",
            "spec.loadBalancer.mode: Kernel is not implemented yet; use Proxy or None");
  }

  @ParameterizedTest
  @CsvSource({
    "10.99.0.50, 50",
    "10.99.0.0/31, 1",
    "10.99.1.0/16, 1",
    "10.99.0.255/16, 255",
    "fd00::1f, 31",
    "fd00::100, 1"
  })
  void virtualRouterIdIsTheLastByteOfTheFirstAddressByDefault(String address, int id) {
    AgentConfig config = config(Manifests.withSpec("addresses: [\"" + address + "\"]", MEMBERS));
    assertThat(Objects.requireNonNull(config.vrrp()).group().virtualRouterId()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({
    "'version: 3', 100, 1",
    "'version: 2', 1000, 3",
    "'advertisementInterval: 10ms', 10, 1",
    "'advertisementInterval: 330ms', 330, 1",
    "'advertisementInterval: 660ms', 660, 1",
    "'advertisementInterval: 670ms', 670, 2",
    "'advertisementInterval: 40s950ms', 40950, 122",
    "'version: 2, advertisementInterval: 4m15s', 255000, 765"
  })
  void intervalDependsOnTheVersionAndLifetimeOnTheInterval(
      String vrrp, long intervalMillis, long lifetimeSeconds) {
    VrrpConfig config =
        Objects.requireNonNull(
            config(Manifests.withSpec("addresses: [10.99.0.50]", MEMBERS, "vrrp: {" + vrrp + "}"))
                .vrrp());
    assertThat(config.group().advertisementInterval()).isEqualTo(Duration.ofMillis(intervalMillis));
    assertThat(config.addressLifetime()).isEqualTo(Duration.ofSeconds(lifetimeSeconds));
  }

  @ParameterizedTest
  @CsvSource({
    "'port: 6443, backendPort: 6443', 16443",
    "'port: 443, backendPort: 6443', 443",
    "'bindPort: 7000', 7000"
  })
  void bindPortLeavesTheBackendPortFree(String ports, int bindPort) {
    LoadBalancerConfig config =
        Objects.requireNonNull(
            config(
                    Manifests.withSpec(
                        "addresses: [10.99.0.50]",
                        MEMBERS,
                        "loadBalancer: {listeners: [{name: a, " + ports + "}]}"))
                .loadBalancer());
    assertThat(config.listeners().getFirst().bindPort()).isEqualTo(bindPort);
  }

  @Test
  void listenerOverridesTheCommonHealthCheckFieldByField() {
    LoadBalancerConfig config =
        Objects.requireNonNull(
            config(
                    Manifests.withSpec(
                        "addresses: [10.99.0.50]",
                        MEMBERS,
                        "loadBalancer:",
                        "  healthCheck: {rise: 4}",
                        "  listeners: [{name: a, healthCheck: {type: Tcp, timeout: 3s}}]"))
                .loadBalancer());
    HealthCheckConfig check = config.listeners().getFirst().healthCheck();
    assertThat(check.probe())
        .isEqualTo(new HealthCheckConfig.Probe(CheckType.TCP, "/readyz", Duration.ofSeconds(3)));
    assertThat(check.rise()).isEqualTo(4);
    assertThat(check.fall()).isEqualTo(3);
  }

  @Test
  void clusterBackendsBecomeTheMembersAndANoteSaysSo() {
    String text = Manifests.withSpec("addresses: [10.99.0.50]", MEMBERS);
    assertThat(Objects.requireNonNull(config(text).loadBalancer()).backends().source())
        .isEqualTo(BackendSource.MEMBERS);
    assertThat(notes(text))
        .containsExactly(
            "spec.loadBalancer.backends.source: KubernetesService cannot be looked up in file mode;"
                + " Members is used");
  }

  @Test
  void withoutAddressesThereIsNoVirtualRouterAndWithoutModeNoProxy() {
    AgentConfig config = config(Manifests.withSpec(MEMBERS, "loadBalancer: {mode: None}"));
    assertThat(config.vrrp()).isNull();
    assertThat(config.loadBalancer()).isNull();
  }

  @Test
  void whatTheUserWroteInVainIsNamed() {
    String text =
        Manifests.withSpec(
            "addresses: [10.99.0.50]",
            MEMBERS,
            "interface: eth0",
            "vrrp: {preempt: true}",
            "tolerations: []",
            "health: {noBackend: {weight: -1}}",
            "loadBalancer: {mode: None}",
            "agent: {statusPort: 9000, logLevel: debug, statusAddresses: [], image: a/b}");
    assertThat(notes(text))
        .containsExactly(
            "spec.agent.image: not used in file mode; the operator acts on it",
            "spec.tolerations: not used in file mode, where spec.members says who takes part");
  }

  static AgentConfig config(String text) {
    return switch (ConfigResolution.read(text)) {
      case Reading.Accepted<AgentConfig>(AgentConfig config, List<String> notes) -> config;
      case Reading.Refused<AgentConfig>(List<Problem> problems) ->
          throw new AssertionError(problems.toString());
    };
  }

  private static List<String> notes(String text) {
    return switch (ConfigResolution.read(text)) {
      case Reading.Accepted<AgentConfig>(AgentConfig config, List<String> notes) -> notes;
      case Reading.Refused<AgentConfig>(List<Problem> problems) ->
          throw new AssertionError(problems.toString());
    };
  }

  private static List<String> problems(String text) {
    return switch (ConfigResolution.read(text)) {
      case Reading.Accepted<AgentConfig> accepted -> List.of();
      case Reading.Refused<AgentConfig>(List<Problem> problems) ->
          problems.stream().map(Problem::line).toList();
    };
  }
}
