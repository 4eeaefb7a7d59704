package io.apiservervip.operator.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives each member its priority: distinct, and the same for the same standing.
 *
 * <pre>
 *   254..251   preferred nodes, the first four by rank
 *   250..55    250 - 13 * rank: between two there is room for an annotation's wish
 *    50..5     50 - 3 * rank: cordoned or in maintenance
 * </pre>
 *
 * <p>A wish is granted where the number is free, else the nearest free one below it. Wishes that
 * name a number come first, so that the ranks make room for them.
 */
final class Priorities {
  static final int BEST = 250;
  static final int STEP = 13;
  private static final int LOWERED_BEST = 50;
  private static final int LOWERED_STEP = 3;
  private static final int MOST_PREFERRED = 4;

  /**
   * One member.
   *
   * @param fixed priority that the resource itself gives; null: by rank
   */
  record Candidate(String node, int rank, NodeWishes wishes, @Nullable Integer fixed) {
    /** What it would have; who says a number himself is asked before the others. */
    private int order() {
      return wishes.lowered() ? 2 : fixed != null || wishes.priority() != null ? 0 : 1;
    }
  }

  private final Set<Integer> taken = new HashSet<>();
  private final Map<String, Integer> given = new HashMap<>();
  private final List<Note> notes;
  private int preferred;

  private Priorities(List<Note> notes) {
    this.notes = notes;
  }

  /** Priorities by node; what could not be had is told in a note. */
  static Map<String, Integer> assign(List<Candidate> candidates, List<Note> notes) {
    Priorities priorities = new Priorities(notes);
    List<Candidate> asked = new ArrayList<>(candidates);
    asked.sort(Comparator.comparingInt(Candidate::order).thenComparingInt(Candidate::rank));
    asked.forEach(priorities::give);
    return priorities.given;
  }

  private void give(Candidate candidate) {
    int wanted = wanted(candidate);
    int free = wanted;
    while (free > 0 && taken.contains(free)) {
      free--;
    }
    if (free == 0) {
      free = wanted;
      while (taken.contains(free)) {
        free++;
      }
    }
    taken.add(free);
    given.put(candidate.node(), free);
    Integer wish = candidate.wishes().priority();
    if (wish != null && candidate.order() == 0 && wish != free) {
      notes.add(
          new Note(
              "Node " + candidate.node(),
              "annotation "
                  + NodeWishes.PRIORITY
                  + " \""
                  + wish
                  + "\" is another node's too, so this one has "
                  + free
                  + "; give each node a number of its own"));
    }
  }

  private int wanted(Candidate candidate) {
    if (candidate.wishes().lowered()) {
      return LOWERED_BEST - LOWERED_STEP * candidate.rank();
    }
    if (candidate.fixed() != null) {
      return candidate.fixed();
    }
    Integer wish = candidate.wishes().priority();
    if (wish != null) {
      return wish;
    }
    return candidate.wishes().preferred()
        ? preferredOr(BEST - STEP * candidate.rank(), candidate.node())
        : BEST - STEP * candidate.rank();
  }

  private int preferredOr(int normal, String node) {
    if (preferred == MOST_PREFERRED) {
      notes.add(
          new Note(
              "Node " + node,
              "annotation "
                  + NodeWishes.PREFERRED
                  + " has no effect, because "
                  + MOST_PREFERRED
                  + " nodes are preferred already; remove it from one of them"));
      return normal;
    }
    return NodeWishes.MAX_PRIORITY - preferred++;
  }
}
