package io.apiservervip.agent.kube;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldManagerTest {
  @Test
  void aNodeIsToldByItsName() {
    assertThat(FieldManager.of("cp-1")).isEqualTo("apiserver-vip-agent-cp-1");
  }

  @Test
  void longNamesAreCutAndStillToldApart() {
    String node = "n".repeat(200);
    String one = FieldManager.of(node + "a");
    assertThat(one).hasSize(128).startsWith("apiserver-vip-agent-nnn").matches(".*-[0-9a-f]{8}");
    assertThat(FieldManager.of(node + "b")).hasSize(128).isNotEqualTo(one);
  }

  @Test
  void theLongestNameThatFitsIsNotCut() {
    String node = "n".repeat(108);
    assertThat(FieldManager.of(node)).hasSize(128).endsWith("-" + node);
  }
}
