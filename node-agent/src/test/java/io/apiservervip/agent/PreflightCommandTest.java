package io.apiservervip.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.preflight.Finding;
import io.apiservervip.agent.preflight.Result;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PreflightCommandTest {
  private static final Finding FREE = new Finding("port 16443", Result.OK, "free", "");
  private static final Finding LOST =
      new Finding("who has 10.99.0.50", Result.NOT_CHECKED, "no ARP here", "");
  private static final Finding TAKEN =
      new Finding("virtual router id 50", Result.FAIL, "in use", "set a free one");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<PreflightCommand.Request> asked = new ArrayList<>();
  private ConfigLoader.Outcome outcome = new ConfigLoader.Resolved(List.of(), List.of());
  private List<Finding> findings = List.of();

  private int execute(String arguments) {
    PreflightCommand command =
        new PreflightCommand(
            (_, _) -> outcome,
            (request, progress) -> {
              asked.add(request);
              progress.println("looks");
              return findings;
            });
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(("--config f --node cp-1 " + arguments).strip().split(" "));
  }

  @Test
  void findingsAreATableAndAFailureIsExitStatusOne() {
    findings = List.of(FREE, LOST, TAKEN);
    assertThat(execute("")).isEqualTo(1);
    assertThat(out.toString().lines())
        .containsExactly(
            "port 16443            ok           free",
            "who has 10.99.0.50    not checked  no ARP here",
            "virtual router id 50  fail         in use -> set a free one",
            "1 ok, 0 warn, 1 fail, 1 not checked");
    assertThat(err.toString().lines()).containsExactly("looks");
    assertThat(asked)
        .containsExactly(
            new PreflightCommand.Request(
                Path.of("f"), "cp-1", Path.of("/var/lib/apiserver-vip"), Duration.ofSeconds(5)));
  }

  @Test
  void withoutAFailureItIsZero() {
    findings = List.of(FREE, LOST);
    assertThat(execute("--patience 30s")).isZero();
    assertThat(asked.getFirst().patience()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void theSameAsJson() {
    findings = List.of(TAKEN);
    assertThat(execute("-o json")).isEqualTo(1);
    assertThat(out.toString().replaceAll("\\s+", " ").strip())
        .isEqualTo(
            "{ \"failed\" : true, \"findings\" : [ { \"check\" : \"virtual router id 50\","
                + " \"result\" : \"fail\", \"seen\" : \"in use\","
                + " \"remedy\" : \"set a free one\" } ] }");
  }

  @Test
  void aManifestWithFaultsIsNotLookedAt() {
    outcome = new ConfigLoader.Refused(List.of("spec.a: wrong", "spec.b: missing"));
    assertThat(execute("")).isEqualTo(1);
    assertThat(err.toString().lines()).containsExactly("spec.a: wrong", "spec.b: missing");
    assertThat(asked).isEmpty();
  }
}
