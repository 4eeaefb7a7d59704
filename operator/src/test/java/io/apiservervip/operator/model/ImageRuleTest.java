package io.apiservervip.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageRuleTest {

  @ParameterizedTest
  @CsvSource({
    "registry.example/*, registry.example/a/b:1, true",
    "registry.example/*, registry.example.evil/a:1, false",
    "registry.example/*, registry-example/a:1, false",
    "registry.example/agent:1.*, registry.example/agent:1.2, true",
    "registry.example/agent:1.*, registry.example/agent:12, false",
    "*/agent@sha256:*, x/agent@sha256:00, true",
    "*, anything, true",
    "exact:1, exact:1, true",
    "exact:1, exact:10, false",
    "exact:1, an/exact:1, false",
    "'[a-z]*', a, false"
  })
  void aStarStandsForAnyTextAndNothingElseIsSpecial(String glob, String image, boolean allowed) {
    assertThat(ImageRule.matches(glob, image)).isEqualTo(allowed);
  }
}
