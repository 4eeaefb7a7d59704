package io.apiservervip.agent.bootstrap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a hosts file, of which one line a name is ours: {@code 10.99.0.11 NAME #
 * apiserver-vip}. Every other line stays as it is, byte for byte; a file without a newline at its
 * end stays one. Bytes stand for themselves (ISO 8859-1).
 */
final class HostsText {
  private static final String MARK = "apiserver-vip";
  private static final Pattern BLANKS = Pattern.compile("[ \t]+");

  /** What became of a wish. */
  sealed interface Outcome {}

  /** The text to be written. */
  record Changed(String text) implements Outcome {}

  /** It stands as wished. */
  record Same() implements Outcome {}

  /**
   * Somebody else's line that has the name.
   *
   * @param number of the line, from 1
   */
  record Foreign(int number, String line) {}

  private HostsText() {}

  /** Has the name point at the address, in one line of ours; foreign lines are not looked at. */
  static Outcome point(String text, String host, String address) {
    List<String> lines = lines(text);
    String wanted = address + " " + host + " # " + MARK;
    List<Integer> own = own(lines, host);
    if (own.isEmpty()) {
      lines.add(lines.size() - (lines.getLast().isEmpty() ? 1 : 0), wanted);
    } else {
      dropAll(lines, own.subList(1, own.size()));
      lines.set(own.getFirst(), wanted);
    }
    return outcome(text, lines);
  }

  /** Takes our line of the name away. */
  static Outcome remove(String text, String host) {
    List<String> lines = lines(text);
    dropAll(lines, own(lines, host));
    return outcome(text, lines);
  }

  /** Where our line of the name points; null: there is none. */
  static @Nullable String target(String text, String host) {
    List<String> lines = lines(text);
    List<Integer> own = own(lines, host);
    return own.isEmpty() ? null : words(lines.get(own.getFirst())).getFirst();
  }

  /** The first foreign line that has the name; null: there is none. */
  static @Nullable Foreign foreign(String text, String host) {
    List<String> lines = lines(text);
    for (int i = 0; i < lines.size(); i++) {
      if (!isOurs(lines.get(i)) && names(lines.get(i), host)) {
        return new Foreign(i + 1, lines.get(i).strip());
      }
    }
    return null;
  }

  private static Outcome outcome(String before, List<String> lines) {
    String after = String.join("\n", lines);
    return after.equals(before) ? new Same() : new Changed(after);
  }

  /** What stands between newlines; the last one is empty where the text ends with a newline. */
  private static List<String> lines(String text) {
    return new ArrayList<>(List.of(text.split("\n", -1)));
  }

  private static List<Integer> own(List<String> lines, String host) {
    List<Integer> own = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (isOurs(lines.get(i)) && names(lines.get(i), host)) {
        own.add(i);
      }
    }
    return own;
  }

  private static void dropAll(List<String> lines, List<Integer> numbers) {
    numbers.reversed().forEach(number -> lines.remove(number.intValue()));
  }

  private static boolean isOurs(String line) {
    int comment = line.indexOf('#');
    return comment >= 0 && line.substring(comment + 1).strip().equals(MARK);
  }

  private static boolean names(String line, String host) {
    List<String> words = words(line);
    return words.size() > 1
        && words.subList(1, words.size()).stream()
            .anyMatch(word -> word.toLowerCase(Locale.ROOT).equals(host));
  }

  /** Address and names of a line; empty where it has none. */
  private static List<String> words(String line) {
    int comment = line.indexOf('#');
    String said = (comment < 0 ? line : line.substring(0, comment)).strip();
    return said.isEmpty() ? List.of() : List.of(BLANKS.split(said, -1));
  }
}
