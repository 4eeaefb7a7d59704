package io.apiservervip.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.router.RouterSettings;
import io.apiservervip.agent.vrrp.Announcements;
import io.apiservervip.agent.vrrp.Authentication;
import io.apiservervip.agent.vrrp.Cast;
import io.apiservervip.agent.vrrp.Preemption;
import io.apiservervip.agent.vrrp.Priority;
import io.apiservervip.agent.vrrp.Standing;
import io.apiservervip.agent.vrrp.Version;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.ConfigResolution;
import io.apiservervip.agentapi.MemberConfig;
import io.apiservervip.agentapi.Reading;
import io.apiservervip.agentapi.VrrpConfig;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RouterPlanTest {
  private static final String MEMBERS =
      """
        members:
          - {node: cp-1, addresses: [10.99.0.11], priority: 250}
          - {node: cp-2, addresses: [10.99.0.12], priority: 255, interface: bond0}
      """;

  @Test
  void theDefaultsOfTheManifestReachTheLoop() {
    RouterSettings settings = plan("  addresses: [\"10.99.0.50\"]\n" + MEMBERS, "cp-1");
    assertThat(settings.router().version()).isEqualTo(Version.V3);
    assertThat(settings.router().interval().centiseconds()).isEqualTo(10);
    assertThat(settings.router().standing())
        .isEqualTo(new Standing.Contender(new Priority(250), new Preemption.Never()));
    assertThat(settings.router().announcements()).isEqualTo(new Announcements(5, 60_000_000_000L));
    assertThat(settings.group().vrid().value()).isEqualTo(50);
    assertThat(settings.group().cast()).isEqualTo(Cast.MULTICAST);
    assertThat(settings.group().acceptAny()).isFalse();
    assertThat(settings.lifetimeSeconds()).isEqualTo(1);
    assertThat(settings.interfaceName()).isNull();
    assertThat(settings.addresses().getFirst().prefixLength()).isEqualTo(32);
  }

  @Test
  void whatTheManifestSaysReachesTheLoop() {
    RouterSettings settings =
        plan(
            """
              addresses: ["10.99.0.50/24"]
              interface: eth0
              vrrp:
                version: 2
                virtualRouterId: 51
                preempt: true
                preemptDelay: 5s
                startupDelay: 3s
                transport: Unicast
                acceptFrom: Any
                authentication: {type: Password, password: "1111"}
                addressLifetime: 4s
            """
                + MEMBERS,
            "cp-1");
    assertThat(settings.router().version()).isEqualTo(Version.V2);
    assertThat(settings.router().interval().centiseconds()).isEqualTo(100);
    assertThat(settings.router().startupDelayNanos()).isEqualTo(3_000_000_000L);
    assertThat(settings.router().standing())
        .isEqualTo(new Standing.Contender(new Priority(250), new Preemption.After(5_000_000_000L)));
    assertThat(settings.group().vrid().value()).isEqualTo(51);
    assertThat(settings.group().cast()).isEqualTo(Cast.UNICAST);
    assertThat(settings.group().acceptAny()).isTrue();
    assertThat(settings.group().authentication()).isEqualTo(Authentication.Password.of("1111"));
    assertThat(settings.lifetimeSeconds()).isEqualTo(4);
    assertThat(settings.interfaceName()).isEqualTo("eth0");
    assertThat(settings.addresses().getFirst().prefixLength()).isEqualTo(24);
  }

  @Test
  void aMembersOwnInterfaceAndTheOwnersPriorityCount() {
    RouterSettings settings =
        plan("  addresses: [\"10.99.0.50\"]\n  interface: eth0\n" + MEMBERS, "cp-2");
    assertThat(settings.interfaceName()).isEqualTo("bond0");
    assertThat(settings.router().standing()).isEqualTo(new Standing.Owner());
  }

  private static RouterSettings plan(String spec, String node) {
    String text =
        """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata: {name: control-plane}
        spec:
        """
            + spec;
    AgentConfig config = ((Reading.Accepted<AgentConfig>) ConfigResolution.read(text)).value();
    VrrpConfig vrrp = Objects.requireNonNull(config.vrrp());
    MemberConfig self = Objects.requireNonNull(config.member(node));
    return RouterPlan.of(config, vrrp, self);
  }
}
