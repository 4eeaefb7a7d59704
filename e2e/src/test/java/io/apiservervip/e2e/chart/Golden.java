package io.apiservervip.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that must be what the chart renders to; {@code -Dgoldens=write} writes it instead. */
record Golden(Path file) {
  void holds(String rendered) throws IOException {
    if ("write".equals(System.getProperty("goldens"))) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, rendered);
    }
    assertThat(rendered)
        .as("%s, written by: mvn test -pl e2e -am -Dgoldens=write", file)
        .isEqualTo(Files.readString(file));
  }
}
