package io.apiservervip.agentapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Random and mutated text: a value or lines, never an exception. */
class HostileInputTest {
  private static final long SEED = 20261121;
  private static final int RUNS = "full".equals(System.getProperty("campaign")) ? 200_000 : 4_000;
  private static final String ALPHABET =
      "abz019 \t\n\r:-[]{}\"'#&*!|>%@`,.?~\0\u0007\u00e4\u2028\ud83d\ude00\ud800/";

  @Test
  void randomTextIsRefusedWithShortSingleLines() {
    Random random = new Random(SEED);
    for (int run = 0; run < RUNS; run++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(80);
      for (int i = 0; i < length; i++) {
        text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      check(text.toString(), run);
    }
  }

  @Test
  void mutatedManifestIsReadOrRefused() {
    List<String> manifests =
        Stream.of("contract", "valid", "invalid")
            .flatMap(folder -> Manifests.of(folder).stream())
            .map((Path file) -> Manifests.text(file))
            .toList();
    Random random = new Random(SEED);
    for (int run = 0; run < RUNS; run++) {
      StringBuilder text = new StringBuilder(manifests.get(random.nextInt(manifests.size())));
      for (int i = 0; i <= random.nextInt(4) && text.length() > 1; i++) {
        mutate(text, random);
      }
      check(text.toString(), run);
    }
  }

  @Test
  void deepLongAndRecursiveTextIsRefused() {
    assertThat(VipReaderTest.lines("[".repeat(100_000))).hasSize(1);
    assertThat(VipReaderTest.lines("{a: ".repeat(100_000))).hasSize(1);
    assertThat(VipReaderTest.lines("- ".repeat(100_000))).hasSize(1);
    assertThat(VipReaderTest.lines("x".repeat((1 << 20) + 1)))
        .containsExactly("the document is longer than 1 MiB");
    assertThat(VipReaderTest.lines("a: &a [*a, *a]\n")).hasSize(1);
    assertThat(VipReaderTest.lines("a: 1e999999999\nb: " + "9".repeat(5_000) + "\n")).isNotEmpty();
  }

  private static void mutate(StringBuilder text, Random random) {
    int at = random.nextInt(text.length());
    switch (random.nextInt(4)) {
      case 0 -> text.deleteCharAt(at);
      case 1 -> text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      case 2 -> text.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      default -> {
        int end = Math.min(text.length(), at + random.nextInt(30));
        text.insert(random.nextInt(text.length()), text.substring(at, end));
      }
    }
  }

  private static void check(String text, int run) {
    for (Reading<?> reading :
        List.of(VipReader.read(text), ConfigResolution.read(text), AgentConfigCodec.read(text))) {
      if (reading instanceof Reading.Refused<?>(List<Problem> problems)) {
        for (Problem problem : problems) {
          assertThat(problem.line())
              .as("run %d", run)
              .doesNotContain("\n", "\r", "Exception", "jackson");
          assertThat(problem.line().length()).as("run %d: %s", run, problem.line()).isLessThan(600);
        }
      }
    }
  }
}
