package io.apiservervip.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.config.ConfigChange.AgentSetting;
import io.apiservervip.agent.config.ConfigChange.Identity;
import io.apiservervip.agent.config.ConfigChange.IdentityChanged;
import io.apiservervip.agent.config.ConfigChange.RouterChanged;
import io.apiservervip.agent.config.ConfigChange.Setting;
import io.apiservervip.agent.config.ConfigChange.SettingsChanged;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a new document means for the node cp-1. */
class ConfigDiffTest {

  @Test
  void sameDocumentChangesNothing() {
    assertThat(diff(Documents.MANIFEST)).isEmpty();
  }

  @Test
  void generationAloneChangesNothing() {
    assertThat(diff(Documents.with("name: control-plane", "name: control-plane, generation: 9")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name: control-plane | name: other | NAME",
        "{version: 2, | {version: 2, virtualRouterId: 51, | VIRTUAL_ROUTER_ID",
        "interface: eth0 | interface: eth1 | INTERFACE",
        "[10.99.0.50, 10.99.0.51] | [10.99.0.51, 10.99.0.50] | VIRTUAL_ROUTER_ID,FIRST_ADDRESS"
      })
  void anotherVirtualRouterListensFirst(String part, String other, String fields) {
    Set<Identity> expected =
        Set.copyOf(List.of(fields.split(",")).stream().map(Identity::valueOf).toList());
    assertThat(diff(Documents.with(part, other))).containsExactly(new IdentityChanged(expected));
  }

  @Test
  void interfaceOfTheMemberCountsOnItsOwnNodeOnly() {
    String other =
        Documents.with(
            "[10.99.0.11], priority: 250", "[10.99.0.11], priority: 250, interface: br0");
    assertThat(diff(other)).containsExactly(new IdentityChanged(Set.of(Identity.INTERFACE)));
    assertThat(
            ConfigDiff.between(
                Documents.config(Documents.MANIFEST), Documents.config(other), "cp-2"))
        .containsExactly(new RouterChanged(Set.of(Setting.MEMBERS)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "priority: 250 | priority: 251 | PRIORITY,MEMBERS",
        "priority: 237 | priority: 236 | MEMBERS",
        "{version: 2, | {version: 2, preempt: true, | TAKE_OVER",
        "{version: 2, | {version: 2, advertisementInterval: 2s, addressLifetime: 3s, | ADVERTISEMENT_INTERVAL",
        "{version: 2, | {version: 2, addressLifetime: 9s, | ADDRESS_LIFETIME",
        "{version: 2, | {version: 2, transport: Unicast, | TRANSPORT",
        "{version: 2, | {version: 2, acceptFrom: Any, | ACCEPT_FROM",
        "{version: 2, | {version: 2, gratuitousArp: {count: 3}, | GRATUITOUS_ARP",
        "\"1111\" | \"2222\" | PASSWORD",
        "10.99.0.51] | 10.99.0.51, 10.99.0.52] | ADDRESSES",
        "10.99.0.50, | 10.99.0.50/24, | ADDRESSES",
        "interface: eth0 | interface: eth0, health: {noBackend: {weight: -1}} | HEALTH_WEIGHTS"
      })
  void otherSettingsAreAppliedToTheLivingRouter(String part, String other, String fields) {
    Set<Setting> expected =
        Set.copyOf(List.of(fields.split(",")).stream().map(Setting::valueOf).toList());
    String manifest = Documents.with(part, other).replace("eth0, health", "eth0\n  health");
    assertThat(diff(manifest)).containsExactly(new RouterChanged(expected));
  }

  @Test
  void settingsOfTheAgentAreApart() {
    assertThat(
            diff(
                Documents.with(
                    "{statusPort: 9870, logLevel: info}",
                    "{statusPort: 9871, logLevel: debug, statusAddresses: [127.0.0.1]}")))
        .containsExactly(
            new SettingsChanged(
                Set.of(
                    AgentSetting.STATUS_PORT,
                    AgentSetting.STATUS_ADDRESSES,
                    AgentSetting.LOG_LEVEL)));
  }

  @Test
  void nodeThatLeavesTheListHandsOverAndOneThatEntersItStarts() {
    String without = Documents.with("node: cp-1,", "node: cp-9,");
    assertThat(diff(without)).containsExactly(new ConfigChange.RouterRemoved());
    assertThat(
            ConfigDiff.between(
                Documents.config(without), Documents.config(Documents.MANIFEST), "cp-1"))
        .containsExactly(new ConfigChange.RouterAdded());
  }

  @Test
  void proxyIsApart() {
    assertThat(diff(Documents.MANIFEST + "  loadBalancer: {mode: None}\n"))
        .containsExactly(new ConfigChange.LoadBalancerChanged());
  }

  private static List<ConfigChange> diff(String manifest) {
    return ConfigDiff.between(
        Documents.config(Documents.MANIFEST), Documents.config(manifest), "cp-1");
  }
}
