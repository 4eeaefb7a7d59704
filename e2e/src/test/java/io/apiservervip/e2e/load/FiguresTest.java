package io.apiservervip.e2e.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void whatIsPrintedIsReadAgain() {
    Figures figures = new Figures();
    figures.put("gb_s", 1.23456);
    figures.put("rss_kb", 15_752);
    assertThat(figures).hasToString("gb_s=1.2346 rss_kb=15752");
    Figures read = Figures.parse(figures + "\n");
    assertThat(read.get("gb_s")).contains(1.2346);
    assertThat(read.get("rss_kb")).contains(15_752.0);
    assertThat(read.get("p99_us")).isEmpty();
  }

  @Test
  void asJsonTheNamesAreQuoted() {
    assertThat(Figures.parse("gb_s=1.5 failed=0").json())
        .isEqualTo("{\"gb_s\":1.5000,\"failed\":0}");
  }
}
