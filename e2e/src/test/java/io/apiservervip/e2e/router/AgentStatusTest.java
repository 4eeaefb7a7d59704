package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AgentStatusTest {
  @Test
  void verdictOfSplitBrainIsRead() throws Exception {
    AgentStatus status =
        AgentStatus.parse("{\"role\":\"Active\",\"splitBrain\":{\"verdict\":true}}");

    assertThat(status.splitBrain()).isTrue();
    assertThat(status.role()).isEqualTo("Active");
  }

  @Test
  void documentWithoutAVerdictIsRefusedRatherThanTakenForGood() {
    assertThatThrownBy(() -> AgentStatus.parse("{\"role\":\"Active\"}"))
        .hasMessageContaining("splitBrain");
  }
}
