package io.apiservervip.operator.model;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives each node its place in the order of preference, once: whoever has a rank keeps it, whatever
 * becomes of the others. The rank of a node that left is free for newcomers alone.
 */
final class Ranks {
  /** Ranks are 0 to this minus one: the most members that a group can have. */
  static final int LIMIT = 16;

  private static final Comparator<NodeFacts> BY_AGE =
      Comparator.comparing(NodeFacts::created).thenComparing(NodeFacts::name);

  private Ranks() {}

  /**
   * The ranks of these nodes by name, in order of rank; a node for which none is left has none.
   *
   * @param remembered ranks that were given earlier
   */
  static Map<String, Integer> assign(List<NodeFacts> nodes, Map<String, Integer> remembered) {
    TreeMap<Integer, String> taken = new TreeMap<>();
    List<NodeFacts> byAge = nodes.stream().sorted(BY_AGE).toList();
    for (NodeFacts node : byAge) {
      Integer rank = remembered.get(node.name());
      if (rank != null && rank >= 0 && rank < LIMIT) {
        taken.putIfAbsent(rank, node.name());
      }
    }
    int next = 0;
    for (NodeFacts node : byAge) {
      if (!taken.containsValue(node.name())) {
        while (taken.containsKey(next)) {
          next++;
        }
        if (next < LIMIT) {
          taken.put(next, node.name());
        }
      }
    }
    Map<String, Integer> ranks = new LinkedHashMap<>();
    taken.forEach((rank, node) -> ranks.put(node, rank));
    return ranks;
  }
}
