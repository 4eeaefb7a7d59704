package io.apiservervip.operator.model;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Ranks as an annotation of the document's object carries them: {@code cp-1=0,cp-2=1}. Somebody may
 * have edited it: what cannot be read is left out, and its node is ranked anew.
 */
public final class RankText {
  /** Key of the annotation. */
  public static final String ANNOTATION = "apiservervip.io/ranks";

  private static final Pattern ENTRY = Pattern.compile("([-a-z0-9.]{1,253})=(\\d{1,2})");

  private RankText() {}

  /** The text, in order of name. */
  public static String write(Map<String, Integer> ranks) {
    return new TreeMap<>(ranks)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","));
  }

  /** The ranks; of two nodes with one rank the first keeps it. */
  public static Map<String, Integer> read(String text) {
    Map<String, Integer> ranks = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      Matcher entry = ENTRY.matcher(part);
      if (entry.matches()) {
        int rank = Integer.parseInt(entry.group(2));
        if (!ranks.containsValue(rank)) {
          ranks.putIfAbsent(entry.group(1), rank);
        }
      }
    }
    return ranks;
  }
}
