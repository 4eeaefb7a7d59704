package io.apiservervip.agent.proxy;

import java.util.random.RandomGenerator;

/**
 * The moving state of weighted round robin: each server has a virtual time of its next turn, which
 * moves on by 1 / weight with each turn; whose time is the earliest is next. Turns of unequal
 * servers are thereby interleaved, not bunched. The first turns lie at random, so that many
 * balancers do not march in step. Owned by one event loop.
 */
final class RoundRobin {
  private final double[] turns = new double[ServerPool.MAX_SERVERS];
  private final long[] identities = new long[ServerPool.MAX_SERVERS];
  private double virtualTime;

  int choose(Choice choice, RandomGenerator random) {
    int best = -1;
    for (long rest = choice.eligible(); rest != 0; rest &= rest - 1) {
      int index = Long.numberOfTrailingZeros(rest);
      if (identities[index] != choice.pool().identity(index)) {
        identities[index] = choice.pool().identity(index);
        turns[index] = virtualTime + random.nextDouble() / choice.weight(index);
      }
      if (best < 0 || turns[index] < turns[best]) {
        best = index;
      }
    }
    // One that was not eligible for a while has no claim to the turns that it missed.
    virtualTime = Math.max(virtualTime, turns[best]);
    turns[best] = virtualTime + 1 / choice.weight(best);
    return best;
  }
}
