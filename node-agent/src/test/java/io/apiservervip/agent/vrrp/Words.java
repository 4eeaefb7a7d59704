package io.apiservervip.agent.vrrp;

import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The words of one line of a transcript, with values found by the word before them. */
record Words(List<String> list) {
  static Words of(String line) {
    return new Words(List.of(line.strip().split("\\s+")));
  }

  boolean startWith(String start) {
    List<String> wanted = List.of(start.split(" "));
    return list.size() >= wanted.size() && list.subList(0, wanted.size()).equals(wanted);
  }

  boolean has(String word) {
    return list.contains(word);
  }

  @Nullable String find(String key) {
    int at = list.indexOf(key);
    return at < 0 || at + 1 == list.size() ? null : list.get(at + 1);
  }

  String after(String key) {
    String value = find(key);
    if (value == null) {
      throw new NoSuchElementException("'" + key + "' is missing in: " + String.join(" ", list));
    }
    return value;
  }

  String or(String key, String otherwise) {
    String value = find(key);
    return value == null ? otherwise : value;
  }
}
