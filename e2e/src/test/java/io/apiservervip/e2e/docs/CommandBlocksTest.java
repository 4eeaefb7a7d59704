package io.apiservervip.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

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
        }
      }
    }
    System.out.println(
        "documents: %d command blocks; %d commands of our programs, all understood; not run here: %s"
            .formatted(blocks, understood, counted));
    assertThat(faults).isEmpty();
    assertThat(understood).as("commands of our programs").isGreaterThan(10);
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
