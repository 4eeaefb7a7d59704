package io.apiservervip.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  @Test
  void theOperatorReadsPlansAndWritesAStatus() throws IOException, InterruptedException {
    assertThat(Rehearsal.run()).isZero();
  }
}
