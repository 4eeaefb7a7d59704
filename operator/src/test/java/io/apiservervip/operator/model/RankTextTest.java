package io.apiservervip.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RankTextTest {

  @Test
  void ranksAreWrittenInOrderOfName() {
    assertThat(RankText.write(Map.of("cp-2", 0, "cp-1", 11))).isEqualTo("cp-1=11,cp-2=0");
  }

  @Test
  void whatWasWrittenIsReadBack() {
    assertThat(RankText.read("cp-1=11,cp-2.example=0"))
        .containsExactly(Map.entry("cp-1", 11), Map.entry("cp-2.example", 0));
  }

  @Test
  void whatSomebodyBrokeIsLeftOut() {
    assertThat(RankText.read("cp-1=0,,cp-2=x,cp-3=0,cp-1=5,CP=1,=2,cp-4=100,cp-5=7\n"))
        .containsExactly(Map.entry("cp-1", 0));
    assertThat(RankText.read("")).isEmpty();
  }
}
