package io.apiservervip.agent.preflight;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs on this host.
 *
 * @param name as the kernel keeps it, at most 15 characters
 * @param words its command line
 */
public record SeenProcess(long pid, String name, List<String> words) {
  public SeenProcess {
    words = List.copyOf(words);
  }

  /** Whether it is the program of this file name. */
  boolean is(String program) {
    String first = words.getFirst().split(" ", 2)[0];
    return first.substring(first.lastIndexOf('/') + 1).equals(program);
  }

  /** What follows an option, as {@code --name=value} or {@code --name value}; null without it. */
  @Nullable String option(String option) {
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i).startsWith(option + "=")) {
        return words.get(i).substring(option.length() + 1);
      }
      if (words.get(i).equals(option)) {
        return i + 1 < words.size() ? words.get(i + 1) : "";
      }
    }
    return null;
  }

  String text() {
    String first = words.getFirst().split(" ", 2)[0];
    return first.substring(first.lastIndexOf('/') + 1) + " (pid " + pid + ")";
  }
}
