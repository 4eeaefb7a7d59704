package io.apiservervip.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.operator.model.Priorities.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrioritiesTest {
  private final List<Note> notes = new ArrayList<>();

  @Test
  void priorityFollowsTheRank() {
    assertThat(assign(plain(0), plain(1), plain(15)))
        .containsOnly(Map.entry("cp-0", 250), Map.entry("cp-1", 237), Map.entry("cp-15", 55));
    assertThat(notes).isEmpty();
  }

  @Test
  void aNumberThatIsAskedForIsGivenAndTheRankMakesRoom() {
    assertThat(assign(plain(0), wish(1, 250)))
        .containsOnly(Map.entry("cp-0", 249), Map.entry("cp-1", 250));
    assertThat(notes).isEmpty();
  }

  @Test
  void ofTwoThatAskForOneNumberTheFirstByRankHasItAndTheOtherIsTold() {
    assertThat(assign(wish(0, 100), wish(1, 100)))
        .containsOnly(Map.entry("cp-0", 100), Map.entry("cp-1", 99));
    assertThat(notes)
        .extracting(Note::line)
        .containsExactly(
            "Node cp-1: annotation apiservervip.io/priority \"100\" is another node's too, so this"
                + " one has 99; give each node a number of its own");
  }

  @Test
  void belowOneThereIsNothingSoTheNextFreeOneAboveIsGiven() {
    assertThat(assign(wish(0, 1), wish(1, 1), wish(2, 2)))
        .containsOnly(Map.entry("cp-0", 1), Map.entry("cp-1", 2), Map.entry("cp-2", 3));
  }

  @Test
  void fourNodesCanBePreferred() {
    assertThat(
            assign(preferred(1), preferred(2), preferred(3), preferred(4), preferred(5), plain(0)))
        .containsOnly(
            Map.entry("cp-0", 250),
            Map.entry("cp-1", 254),
            Map.entry("cp-2", 253),
            Map.entry("cp-3", 252),
            Map.entry("cp-4", 251),
            Map.entry("cp-5", 185));
    assertThat(notes)
        .extracting(Note::line)
        .containsExactly(
            "Node cp-5: annotation apiservervip.io/preferred has no effect, because 4 nodes are"
                + " preferred already; remove it from one of them");
  }

  @Test
  void aLoweredNodeIsBelowEveryOtherAndKeepsItsPlaceAmongTheLowered() {
    assertThat(assign(lowered(0), plain(1), lowered(15), plain(15 - 1)))
        .containsOnly(
            Map.entry("cp-0", 50),
            Map.entry("cp-1", 237),
            Map.entry("cp-14", 68),
            Map.entry("cp-15", 5));
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 500);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void prioritiesAreDistinctAndInRangeWhateverIsAskedFor(long seed) {
    Random random = new Random(seed);
    List<Candidate> candidates = new ArrayList<>();
    for (int rank = 0; rank < 16; rank++) {
      Integer wish = random.nextBoolean() ? 1 + random.nextInt(254) : null;
      Integer fixed = random.nextInt(4) == 0 ? 1 + random.nextInt(255) : null;
      candidates.add(
          candidate(rank, new NodeWishes(wish, random.nextBoolean(), random.nextBoolean()), fixed));
    }
    Map<String, Integer> given = Priorities.assign(candidates, notes);
    assertThat(given).as("seed %d", seed).hasSize(16);
    assertThat(given.values()).doesNotHaveDuplicates().allMatch(p -> p >= 1 && p <= 255);
    assertThat(Priorities.assign(candidates, notes)).isEqualTo(given);
  }

  private Map<String, Integer> assign(Candidate... candidates) {
    return Priorities.assign(List.of(candidates), notes);
  }

  private static Candidate plain(int rank) {
    return candidate(rank, new NodeWishes(null, false, false), null);
  }

  private static Candidate wish(int rank, int priority) {
    return candidate(rank, new NodeWishes(priority, false, false), null);
  }

  private static Candidate preferred(int rank) {
    return candidate(rank, new NodeWishes(null, true, false), null);
  }

  private static Candidate lowered(int rank) {
    return candidate(rank, new NodeWishes(200, true, true), null);
  }

  private static Candidate candidate(int rank, NodeWishes wishes, @Nullable Integer fixed) {
    return new Candidate("cp-" + rank, rank, wishes, fixed);
  }
}
