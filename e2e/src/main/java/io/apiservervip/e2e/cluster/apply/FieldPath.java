package io.apiservervip.e2e.cluster.apply;

import java.util.ArrayList;
import java.util.List;

/**
 * One field of an object, in the steps of FieldsV1: {@code f:name} for a field, <code>
 * k:{"name":"a"}</code> for the item of a list-map, {@code v:"a"} for the item of a set.
 */
public record FieldPath(List<String> steps) implements Comparable<FieldPath> {
  static final FieldPath ROOT = new FieldPath(List.of());

  public FieldPath {
    steps = List.copyOf(steps);
  }

  /** The field with these names, no list between them. */
  public static FieldPath of(String... names) {
    FieldPath path = ROOT;
    for (String name : names) {
      path = path.field(name);
    }
    return path;
  }

  FieldPath field(String name) {
    return step("f:" + name);
  }

  FieldPath step(String step) {
    List<String> longer = new ArrayList<>(steps);
    longer.add(step);
    return new FieldPath(longer);
  }

  /** Whether this is the other one or stands below it. */
  public boolean within(FieldPath other) {
    return steps.size() >= other.steps.size()
        && steps.subList(0, other.steps.size()).equals(other.steps);
  }

  /** The names on the way, without the items of lists: what a schema is looked up by. */
  List<String> names() {
    return steps.stream().filter(s -> s.startsWith("f:")).map(s -> s.substring(2)).toList();
  }

  boolean isItem() {
    return !steps.isEmpty() && !steps.getLast().startsWith("f:");
  }

  @Override
  public int compareTo(FieldPath other) {
    return toString().compareTo(other.toString());
  }

  /** As the API server writes it in a conflict. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String step : steps) {
      String value = step.substring(2);
      text.append(
          switch (step.charAt(0)) {
            case 'f' -> "." + value;
            case 'k' -> "[" + KeyText.readable(value) + "]";
            default -> "[=" + value + "]";
          });
    }
    return text.toString();
  }
}
