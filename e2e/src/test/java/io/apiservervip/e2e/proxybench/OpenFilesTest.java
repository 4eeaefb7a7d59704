package io.apiservervip.e2e.proxybench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFilesTest {

  @Test
  void twoFilesAConnectionAndSomeForTheRest() {
    String limits =
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             95884                95884                processes
        Max open files            1024                 20000                files
        """;
    assertThat(OpenFiles.connections(limits)).isEqualTo(9800);
  }

  @Test
  void withoutALimitItIsStillBounded() {
    assertThat(OpenFiles.connections("Max open files  unlimited  unlimited  files"))
        .isEqualTo(499_800);
  }
}
