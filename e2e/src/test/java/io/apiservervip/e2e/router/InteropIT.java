package io.apiservervip.e2e.router;

import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Lab;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent in one group with Debian's keepalived. */
class InteropIT {
  static Stream<InteropScenario> scenarios() {
    boolean full = System.getProperty("campaign", "").equals("full");
    return InteropScenario.all().stream().filter(scenario -> full || scenario.inSample());
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void agentAndKeepalivedAreOneGroup(InteropScenario scenario) throws Exception {
    try (Lab lab = Lab.open(3);
        HolderWatch watch = lab.watch(scenario.group().address())) {
      scenario.check().run(new InteropStage(lab, watch, scenario.group()));
    }
  }
}
