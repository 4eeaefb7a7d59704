package io.apiservervip.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinGateTest {
  @TempDir private Path dir;

  @Test
  void onlyOneOfTwoPassesUntilTheFirstHasGone() {
    try (TwinGate second = TwinGate.open(dir, "control-plane")) {
      try (TwinGate first = TwinGate.open(dir, "control-plane")) {
        assertThat(first.pass()).isTrue();
        assertThat(second.pass()).isFalse();
        assertThat(first.pass()).isTrue();
      }
      assertThat(second.pass()).isTrue();
    }
  }

  @Test
  void agentsOfOtherResourcesPassBesideEachOther() {
    try (TwinGate one = TwinGate.open(dir, "control-plane");
        TwinGate other = TwinGate.open(dir, "ingress")) {
      assertThat(one.pass()).isTrue();
      assertThat(other.pass()).isTrue();
    }
  }

  @Test
  void everybodyPassesWhereTheStateDirectoryCannotBeWritten() throws IOException {
    Path file = Files.createFile(dir.resolve("a-file"));
    try (TwinGate gate = TwinGate.open(file.resolve("below"), "control-plane")) {
      assertThat(gate.usable()).isFalse();
      assertThat(gate.pass()).isTrue();
    }
  }
}
