package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Namespace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeepalivedConfigTest {
  private static final KeepalivedConfig.Extras NONE = KeepalivedConfig.Extras.NONE;
  private static final GroupMember ONE = member("cp-1", "10.99.0.11", "fd99::11", 200);
  private static final GroupMember TWO = member("cp-2", "10.99.0.12", "fd99::12", 100);

  @Test
  void versionTwoHasWholeSecondsAndThePassword() {
    GroupConfig group = GroupConfig.of(2, Duration.ofSeconds(1)).withPassword("1111");

    assertThat(KeepalivedConfig.text(group, List.of(ONE, TWO), ONE, NONE))
        .contains("vrrp_version 2\n", "  advert_int 1\n", "    auth_pass 1111\n", "  nopreempt\n");
  }

  @Test
  void versionThreeHasFractionsOfASecond() {
    GroupConfig group = GroupConfig.of(3, Duration.ofMillis(10));

    assertThat(KeepalivedConfig.text(group, List.of(ONE, TWO), ONE, NONE))
        .contains("  advert_int 0.01\n")
        .doesNotContain("authentication");
  }

  @Test
  void unicastNamesTheOthersInTheFamilyOfTheAddress() {
    GroupConfig group =
        GroupConfig.of(3, Duration.ofMillis(100))
            .withAddresses(List.of("fd99::50"))
            .with(GroupConfig.Options.UNICAST_PREEMPT);

    assertThat(KeepalivedConfig.text(group, List.of(ONE, TWO), ONE, NONE))
        .contains("unicast_src_ip fd99::11\n", "  unicast_peer {\n    fd99::12\n  }\n")
        .doesNotContain("nopreempt");
  }

  private static GroupMember member(String node, String ipv4, String ipv6, int priority) {
    return new GroupMember(new Host(new Namespace(node), node, ipv4, ipv6, node), priority);
  }
}
