package io.apiservervip.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.AgentCommandLine;
import io.apiservervip.operator.OperatorCommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The commands of the documents, as far as that is seen without running them: those of the
 * project's own programs are ones that the programs understand, files that are named are there, and
 * of each it is decided whether {@link DocumentedCommandsIT} runs it.
 */
class CommandBlocksTest {
  /** Folders whose files the documents name as they stand in the repository. */
  private static final Set<String> FOLDERS = Set.of("helm", "docs", "bench", "packaging");

  private final Map<String, CommandLine> ours =
      Map.of(
          "node-agent", AgentCommandLine.create(),
          "operator", OperatorCommandLine.create());
  private final List<String> faults = new ArrayList<>();
  private int understood;

  @Test
  void everyCommandOfOursIsOneThatTheProgramsUnderstand() throws IOException {
    for (Page page : Page.all()) {
      for (Command command : Command.of(page)) {
        ShellLine.of(command).forEach(this::check);
      }
    }
    assertThat(faults).isEmpty();
    assertThat(understood).as("commands of our programs").isGreaterThan(10);
  }

  @Test
  void everyCommandIsRunOrLeftWithAReason() throws IOException {
    List<Command> undecided = new ArrayList<>();
    int blocks = 0;
    for (Page page : Page.all()) {
      for (Command command : Command.of(page)) {
        blocks++;
        if (Treatment.of(command.text()).isEmpty()) {
          undecided.add(command);
        }
      }
    }
    assertThat(undecided).isEmpty();
    assertThat(blocks).as("commands").isGreaterThan(100);
  }

  @Test
  void aCommandThatNobodyHasDecidedAboutIsFound() throws IOException {
    Block block =
        new Block(
            "page:1",
            "sh",
            List.of("kubectl get pods  # seen", "fly --far", "helm install a \\", "  b"));
    assertThat(Command.of(block).stream().map(Command::text))
        .containsExactly("kubectl get pods", "fly --far", "helm install a    b");
    assertThat(Treatment.of("fly --far")).isEmpty();
    assertThat(Treatment.of("kubectl exec POD -- node-agent status"))
        .contains(new Treatment.Runs(Treatment.Way.HOST, "node-agent status"));
  }

  @Test
  void aCommandThatIsNotThereIsFound() throws IOException {
    Block block =
        new Block(
            "page:1",
            "sh",
            List.of(
                "node-agent fly                      # not there",
                "kubectl exec POD -- node-agent status --far",
                "node-agent status | grep 'a | b' > out.txt && operator crds \\",
                "  --long",
                "helm lint helm/nowhere"));
    for (Command command : Command.of(block)) {
      ShellLine.of(command).forEach(this::check);
    }
    assertThat(faults)
        .containsExactly(
            "page:1: node-agent fly: Unmatched argument at index 0: 'fly'",
            "page:1: kubectl exec POD -- node-agent status --far: Unknown option: '--far'",
            "page:1: operator crds --long: Unknown option: '--long'",
            "page:1: helm lint helm/nowhere: no file helm/nowhere");
  }

  private void check(ShellLine command) {
    ours.forEach((name, line) -> understand(command, command.argumentsOf(name), line));
    command.words().stream()
        .filter(word -> FOLDERS.contains(word.split("/", 2)[0]) && word.contains("/"))
        .filter(word -> !Files.exists(Page.ROOT.resolve(word)))
        .forEach(word -> faults.add(command + ": no file " + word));
  }

  private void understand(ShellLine command, List<String> arguments, CommandLine line) {
    if (arguments.isEmpty()) {
      return;
    }
    understood++;
    try {
      line.parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      faults.add(command + ": " + e.getMessage());
    }
  }
}
