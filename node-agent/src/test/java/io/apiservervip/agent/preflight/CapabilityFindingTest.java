package io.apiservervip.agent.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CapabilityFindingTest {
  private static final long AGENT = 0x803400L;

  @Test
  void theDaemonSetsAreEnough() {
    assertThat(CapabilityFinding.of(AGENT, Set.of(443)))
        .isEqualTo(Finding.ok("capabilities", "NET_ADMIN, NET_RAW, NET_BIND_SERVICE, SYS_NICE"));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(CapabilityFinding.of(0x801400L, Set.of(16443)))
        .isEqualTo(
            Finding.fail(
                "capabilities",
                "without NET_RAW",
                "run it as root, or grant them as the DaemonSet does"));
    assertThat(CapabilityFinding.of(0, Set.of(16443)).seen())
        .isEqualTo("without NET_BIND_SERVICE, NET_ADMIN, NET_RAW, SYS_NICE");
  }

  @Test
  void thePriorityIsAWarningAndSoIsALowPortThatNobodyWants() {
    assertThat(CapabilityFinding.of(0x003400L, Set.of(16443)).result()).isEqualTo(Result.WARN);
    assertThat(CapabilityFinding.of(0x803000L, Set.of(16443)).result()).isEqualTo(Result.WARN);
    assertThat(CapabilityFinding.of(0x803000L, Set.of(443)).result()).isEqualTo(Result.FAIL);
  }
}
