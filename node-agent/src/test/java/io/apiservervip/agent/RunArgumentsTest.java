package io.apiservervip.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

class RunArgumentsTest {
  @Test
  void plainOptionsAreReadAsTheyStand() {
    assertThat(plain("run --config f.yaml --node=cp-1 --state-dir d --status-address [::1]:9870"))
        .hasValueSatisfying(
            options -> {
              assertThat(options.config()).isEqualTo(Path.of("f.yaml"));
              assertThat(options.node()).isEqualTo("cp-1");
              assertThat(options.stateDir()).isEqualTo(Path.of("d"));
              assertThat(options.statusAddress()).hasToString("/[0:0:0:0:0:0:0:1]:9870");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run --config f --node cp-1",
        "run --node=cp-1 --config=f",
        "run --node cp-1 --config f=g",
        "run --state-dir d --node cp-1 --config f --status-address 127.0.0.1:1"
      })
  void plainOptionsMeanTheSameToPicocli(String arguments) {
    List<RunOptions> started = new ArrayList<>();
    assertThat(picocli(started, arguments)).isEqualTo(7);
    assertThat(plain(arguments)).hasValue(started.getFirst());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "check --config f --node cp-1",
        "run",
        "run --help",
        "run --config f --node",
        "run --config f --node=",
        "run --config f --node cp-1 --node cp-2",
        "run --config f --node --help",
        "run --config f --node \"cp-1\"",
        "run --config f --node cp-1 --vip a",
        "run --config f --node cp-1 --status-address 9870",
        "run --node cp-1"
      })
  void everythingElseIsLeftToPicocli(String arguments) {
    assertThat(plain(arguments)).isEmpty();
  }

  @Test
  void eachPlainOptionIsOneOfTheCommand() {
    var options = CommandSpec.forAnnotatedObject(new RunCommand(run -> 7)).optionsMap();
    assertThat(options.keySet()).containsAll(RunArguments.PLAIN);
    assertThat(RunArguments.PLAIN)
        .contains("--config", "--node", "--state-dir", "--status-address");
  }

  private static Optional<RunOptions> plain(String arguments) {
    return RunArguments.plain(split(arguments));
  }

  private static int picocli(List<RunOptions> started, String arguments) {
    return NodeAgentCommand.commandLine(
            programs(started),
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()))
        .execute(split(arguments));
  }

  private static Programs programs(List<RunOptions> started) {
    return new Programs(
        (file, node) -> new ConfigLoader.Refused(List.of()),
        options -> {
          started.add(options);
          return 7;
        });
  }

  private static String[] split(String arguments) {
    return arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
  }
}
