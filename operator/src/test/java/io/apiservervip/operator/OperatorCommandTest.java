package io.apiservervip.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<RunOptions> started = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                       | a command is needed: run or crds
          fly                      | Unmatched argument at index 0: 'fly'
          run --http-port 70000    | --http-port: 70000 is not a port, 0 to 65535
          run --namespace My.Space | --namespace: 'My.Space' is not the name of a namespace
          run --http-port x        | Invalid value for option '--http-port': 'x' is not an int
          """)
  void wrongUseIsOneLineAndStatusTwo(String arguments, String message) {
    assertThat(execute(arguments)).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1).first().asString().contains(message);
    assertThat(started).isEmpty();
  }

  @Test
  void runHasDefaultsForEverything() {
    assertThat(execute("run")).isZero();
    assertThat(started)
        .containsExactly(
            new RunOptions("apiserver-vip", List.of(), AgentImage.ofThisRelease(), 8080));
  }

  @Test
  void imagesAreAListSeparatedByCommas() {
    execute("run --namespace ns --allowed-images reg/a:*,reg/b@* --agent-image reg/a:1");

    assertThat(started)
        .containsExactly(new RunOptions("ns", List.of("reg/a:*", "reg/b@*"), "reg/a:1", 8080));
  }

  @Test
  void crdsPrintsTheDefinition() {
    assertThat(execute("crds")).isZero();
    assertThat(out.toString())
        .contains("kind: CustomResourceDefinition", "name: apiservervips.apiservervip.io");
  }

  @Test
  void helpAndVersionAreAnswered() {
    assertThat(execute("--version")).isZero();
    assertThat(out.toString()).startsWith("operator ");
    assertThat(execute("run --help")).isZero();
    assertThat(out.toString()).contains("--allowed-images=GLOB");
  }

  private int execute(String arguments) {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
    return OperatorCommand.commandLine(
            options -> {
              started.add(options);
              return 0;
            },
            new PrintWriter(out, true),
            new PrintWriter(err, true))
        .execute(words);
  }
}
