package io.apiservervip.e2e.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One simple command of a block, as far as the documents need a shell: quotes, comments, pipes.
 *
 * @param where block that it stands in
 */
record ShellLine(String where, List<String> words) {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|[^\\s'\"]+");
  private static final Set<String> SEPARATORS = Set.of("|", "&&", "||", ";");
  private static final Set<String> REDIRECTIONS = Set.of(">", ">>", "<");

  ShellLine {
    words = List.copyOf(words);
  }

  /** The simple commands of a line in order; what follows a pipe is one too. */
  static List<ShellLine> of(Command line) {
    List<ShellLine> commands = new ArrayList<>();
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line.text());
    boolean file = false;
    while (word.find()) {
      if (SEPARATORS.contains(word.group())) {
        add(line.block(), words, commands);
        words.clear();
      } else if (!file && !REDIRECTIONS.contains(word.group())) {
        words.add(plain(word));
      }
      file = REDIRECTIONS.contains(word.group());
    }
    add(line.block(), words, commands);
    return commands;
  }

  /** What a shell reads of the line. */
  static String withoutComment(String line) {
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      if (word.group().startsWith("#")) {
        return line.substring(0, word.start());
      }
    }
    return line;
  }

  private static void add(Block block, List<String> words, List<ShellLine> commands) {
    if (!words.isEmpty()) {
      commands.add(new ShellLine(block.where(), words));
    }
  }

  private static String plain(Matcher word) {
    if (word.group(1) != null) {
      return word.group(1);
    }
    return word.group(2) != null ? word.group(2) : word.group();
  }

  /** What follows the named program, also where another one starts it in a container. */
  List<String> argumentsOf(String program) {
    boolean inContainer = words.contains("exec") || words.contains("run");
    for (int at = words.size() - 1; at >= 0; at--) {
      boolean named = words.get(at).equals(program) || words.get(at).endsWith("/bin/" + program);
      if (named && (at == 0 || inContainer)) {
        return words.subList(at + 1, words.size());
      }
    }
    return List.of();
  }

  @Override
  public String toString() {
    return where + ": " + String.join(" ", words);
  }
}
