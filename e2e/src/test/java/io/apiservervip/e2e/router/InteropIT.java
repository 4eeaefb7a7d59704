package io.apiservervip.e2e.router;

import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Lab;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent in one group with Debian's keepalived. {@code -Dscenario=TEXT} picks rows by title. */
class InteropIT {
  static Stream<InteropScenario> scenarios() {
    return InteropScenario.all().stream()
        .filter(scenario -> Campaign.FULL || scenario.inSample())
        .filter(scenario -> scenario.title().contains(System.getProperty("scenario", "")));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void agentAndKeepalivedAreOneGroup(InteropScenario scenario) throws Exception {
    try (Lab lab = Lab.open(3);
        HolderWatch watch = lab.watch(scenario.group().address())) {
      Evidence.of(lab, () -> scenario.check().run(new InteropStage(lab, watch, scenario.group())));
    }
  }
}
