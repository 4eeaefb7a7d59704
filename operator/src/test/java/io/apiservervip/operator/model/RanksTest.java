package io.apiservervip.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RanksTest {

  @Test
  void theOldestNodeIsFirst() {
    assertThat(Ranks.assign(nodes(3, 1, 2), Map.of()))
        .containsExactly(Map.entry("cp-1", 0), Map.entry("cp-2", 1), Map.entry("cp-3", 2));
  }

  @Test
  void nodesOfOneAgeAreRankedByName() {
    NodeFacts b = Nodes.node("b", 1, Map.of(), Map.of());
    NodeFacts a = Nodes.node("a", 1, Map.of(), Map.of());
    assertThat(Ranks.assign(List.of(b, a), Map.of()))
        .containsExactly(Map.entry("a", 0), Map.entry("b", 1));
  }

  @Test
  void aRankIsKeptWhenOthersLeave() {
    assertThat(Ranks.assign(nodes(2, 3), Map.of("cp-1", 0, "cp-2", 1, "cp-3", 2)))
        .containsExactly(Map.entry("cp-2", 1), Map.entry("cp-3", 2));
  }

  @Test
  void anOlderNodeThatComesLaterTakesTheFreeRankAndNobodyMoves() {
    assertThat(Ranks.assign(nodes(0, 2, 3), Map.of("cp-1", 0, "cp-2", 1, "cp-3", 2)))
        .containsExactly(Map.entry("cp-0", 0), Map.entry("cp-2", 1), Map.entry("cp-3", 2));
  }

  @Test
  void ofTwoNodesWithOneRankInTheMemoryTheOlderKeepsIt() {
    assertThat(Ranks.assign(nodes(1, 2), Map.of("cp-1", 4, "cp-2", 4)))
        .containsExactly(Map.entry("cp-2", 0), Map.entry("cp-1", 4));
  }

  @Test
  void ranksOutOfRangeAreGivenAnew() {
    assertThat(Ranks.assign(nodes(1, 2), Map.of("cp-1", 16, "cp-2", -1)))
        .containsExactly(Map.entry("cp-1", 0), Map.entry("cp-2", 1));
  }

  @Test
  void theSeventeenthNodeHasNone() {
    Map<String, Integer> ranks =
        Ranks.assign(IntStream.range(0, 17).mapToObj(Nodes::controlPlane).toList(), Map.of());
    assertThat(ranks).hasSize(16).doesNotContainKey("cp-16").containsEntry("cp-15", 15);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void ranksAreStableWhateverNodesDo(long seed) {
    Random random = new Random(seed);
    Map<String, NodeFacts> alive = new TreeMap<>();
    Map<String, Integer> ranks = new HashMap<>();
    for (int step = 0; step < 100; step++) {
      NodeFacts node = Nodes.controlPlane(random.nextInt(24));
      if (random.nextBoolean()) {
        alive.put(node.name(), node);
      } else {
        alive.remove(node.name());
      }
      Map<String, Integer> next = Ranks.assign(new ArrayList<>(alive.values()), ranks);
      assertThat(next).hasSize(Math.min(16, alive.size()));
      assertThat(next.values()).doesNotHaveDuplicates().allMatch(rank -> rank >= 0 && rank < 16);
      Map<String, Integer> kept = new HashMap<>(ranks);
      kept.keySet().retainAll(alive.keySet());
      assertThat(next).as("seed %d, step %d", seed, step).containsAllEntriesOf(kept);
      ranks = next;
    }
  }

  private static List<NodeFacts> nodes(int... numbers) {
    return IntStream.of(numbers).mapToObj(Nodes::controlPlane).toList();
  }
}
