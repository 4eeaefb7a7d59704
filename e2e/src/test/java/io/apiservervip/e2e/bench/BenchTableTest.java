package io.apiservervip.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BenchTableTest {
  private static Round kill(String program, long gap, OptionalLong gone, long shared) {
    return new Round(program, Profile.V3_100MS, Fault.KILL, gap, gap, 2, gone, shared);
  }

  private static Round cut(String program, long gap) {
    return new Round(
        program, Profile.V3_100MS, Fault.SILENT_CUT, gap, gap, 50, OptionalLong.empty(), 0);
  }

  @Test
  void programsStandBesideEachOtherWithMedianAndWorst() {
    String table =
        BenchTable.markdown(
            List.of(
                kill("ours", 10, OptionalLong.of(900), 500),
                kill("ours", 30, OptionalLong.of(1000), 600),
                cut("ours", 250),
                kill("theirs", 0, OptionalLong.empty(), 2800),
                cut("theirs", 300)));
    assertThat(table.lines().filter(line -> line.startsWith("| v3")))
        .containsExactly(
            "| v3, 100 ms | kill -9 | ours | 2 | 20 ms | 30 ms | 30 ms | 4"
                + " | median 950 ms, worst 1000 ms | 600 ms |",
            "| v3, 100 ms | kill -9 | theirs | 1 | 0 ms | 0 ms | 0 ms | 2 | never | without end |",
            "| v3, 100 ms | silent cut | ours | 1 | 250 ms | 250 ms | 250 ms | 50 | – | 0 ms |",
            "| v3, 100 ms | silent cut | theirs | 1 | 300 ms | 300 ms | 300 ms | 50 | – | 0 ms |");
  }

  @Test
  void medianOfAnEvenNumberIsTheMiddleOfTheTwoMiddleOnes() {
    List<Round> rounds = List.of(cut("a", 1), cut("a", 9), cut("a", 4), cut("a", 2));
    assertThat(BenchTable.median(rounds, Round::gapMillis)).isEqualTo(3);
  }
}
