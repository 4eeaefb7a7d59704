package io.apiservervip.e2e.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One command line of the documents: of a block of shell, what a unit of systemd starts, or what a
 * container of ours starts.
 *
 * @param block that it stands in
 * @param text for a shell, on one line and without its comment
 */
record Command(Block block, String text) {
  private static final Set<String> OURS = Set.of("node-agent", "operator");

  /** The commands of a page in their order. */
  static List<Command> of(Page page) throws IOException {
    List<Command> commands = new ArrayList<>();
    for (Block block : page.blocks()) {
      commands.addAll(of(block));
    }
    return commands;
  }

  static List<Command> of(Block block) throws IOException {
    return switch (block.language()) {
      case "sh" -> shell(block);
      case "ini" -> unit(block);
      case "yaml" -> pod(block);
      default -> isShell(block) ? shell(block) : List.of();
    };
  }

  /** Blocks without a language are commands where they begin with a program, and pictures else. */
  private static boolean isShell(Block block) {
    String first = block.lines().getFirst();
    return block.language().isEmpty()
        && !first.startsWith(" ")
        && (Treatment.knows(first)
            || Files.isExecutable(Page.ROOT.resolve(first.split(" ", 2)[0])));
  }

  private static List<Command> shell(Block block) {
    return block
        .text()
        .replace("\\\n", " ")
        .lines()
        .map(line -> ShellLine.withoutComment(line).strip())
        .filter(line -> !line.isEmpty())
        .map(line -> new Command(block, line))
        .toList();
  }

  private static List<Command> unit(Block block) {
    String start = "ExecStart=";
    return block.lines().stream()
        .filter(line -> line.startsWith(start))
        .map(line -> new Command(block, line.substring(start.length())))
        .toList();
  }

  private static List<Command> pod(Block block) throws IOException {
    return new YAMLMapper()
        .readTree(block.text())
        .at("/spec/containers")
        .valueStream()
        .filter(container -> OURS.contains(container.path("name").asText()))
        .map(container -> new Command(block, line(container)))
        .toList();
  }

  private static String line(JsonNode container) {
    return Stream.concat(
            Stream.of(container.path("name").asText()),
            container.path("args").valueStream().map(JsonNode::asText))
        .collect(Collectors.joining(" "));
  }

  String program() {
    return text.split(" ", 2)[0];
  }

  @Override
  public String toString() {
    return block + ": " + text;
  }
}
