package io.apiservervip.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.apiservervip.agent.AgentCommandLine;
import io.apiservervip.operator.OperatorCommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The commands of the documents. Those of the project's own programs must be ones that the programs
 * understand, and files that are named must be there. The others need a cluster, a release or a
 * node, and are counted.
 */
class CommandBlocksTest {
  /** Folders whose files the documents name as they stand in the repository. */
  private static final Set<String> FOLDERS = Set.of("helm", "docs", "bench", "packaging");

  private final Map<String, CommandLine> ours =
      Map.of(
          "node-agent", AgentCommandLine.create(),
          "operator", OperatorCommandLine.create());
  private final List<String> faults = new ArrayList<>();
  private final Map<String, Integer> counted = new TreeMap<>();
  private int understood;
  private int blocks;

  @Test
  void everyCommandOfOursIsOneThatTheProgramsUnderstand() throws IOException {
    for (Page page : Page.all()) {
      for (Block block : page.blocks()) {
        if (isShell(block)) {
          blocks++;
          ShellLine.of(block).forEach(this::check);
        } else if (block.language().equals("ini")) {
          block.lines().stream().flatMap(line -> unit(block, line)).forEach(this::check);
        } else if (block.language().equals("yaml")) {
          pod(block).forEach(this::check);
        }
      }
    }
    System.out.println(
        "documents: %d command blocks; %d commands of our programs, all understood; not run here: %s"
            .formatted(blocks, understood, counted));
    assertThat(faults).isEmpty();
    assertThat(understood).as("commands of our programs").isGreaterThan(10);
  }

  @Test
  void aCommandThatIsNotThereIsFound() {
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
    ShellLine.of(block).forEach(this::check);
    assertThat(faults)
        .containsExactly(
            "page:1: node-agent fly: Unmatched argument at index 0: 'fly'",
            "page:1: kubectl exec POD -- node-agent status --far: Unknown option: '--far'",
            "page:1: operator crds --long: Unknown option: '--long'",
            "page:1: helm lint helm/nowhere: no file helm/nowhere");
    assertThat(counted).containsOnlyKeys("grep", "helm");
  }

  private void check(ShellLine command) {
    int before = understood;
    ours.forEach((name, line) -> understand(command, command.argumentsOf(name), line));
    if (understood == before) {
      counted.merge(command.program(), 1, Integer::sum);
    }
    command.words().stream()
        .filter(word -> FOLDERS.contains(word.split("/", 2)[0]) && word.contains("/"))
        .filter(word -> !Files.exists(Page.ROOT.resolve(word)))
        .forEach(word -> faults.add(command + ": no file " + word));
  }

  /** What a unit of systemd starts. */
  private static Stream<ShellLine> unit(Block block, String line) {
    String start = "ExecStart=";
    return line.startsWith(start)
        ? Stream.of(
            new ShellLine(block.where(), List.of(line.substring(start.length()).split(" +", -1))))
        : Stream.empty();
  }

  /** What the containers of a pod start that bear the name of a program of ours. */
  private Stream<ShellLine> pod(Block block) throws IOException {
    return new YAMLMapper()
        .readTree(block.text())
        .at("/spec/containers")
        .valueStream()
        .filter(container -> ours.containsKey(container.path("name").asText()))
        .map(
            container ->
                new ShellLine(
                    block.where(),
                    Stream.concat(
                            Stream.of(container.path("name").asText()),
                            container.path("args").valueStream().map(JsonNode::asText))
                        .toList()));
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

  /** Blocks without a language are commands where they begin with a program, and pictures else. */
  private boolean isShell(Block block) {
    if (block.language().equals("sh")) {
      return true;
    }
    if (!block.language().isEmpty() || block.lines().getFirst().startsWith(" ")) {
      return false;
    }
    String first = block.lines().getFirst().split(" ", 2)[0];
    return ours.containsKey(first) || Files.isExecutable(Page.ROOT.resolve(Path.of(first)));
  }
}
