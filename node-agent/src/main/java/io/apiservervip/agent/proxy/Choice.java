package io.apiservervip.agent.proxy;

import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * One choice among servers that are equally good but for weight and load.
 *
 * @param eligible bits of the servers to choose from; at least one
 */
record Choice(ServerPool pool, LoadOf loads, long eligible, long slowStartNanos, long nowNanos) {

  /** The lowest score; ties at random, or many balancers would all start with the same server. */
  int leastLoaded(RandomGenerator random) {
    int best = -1;
    double bestScore = Double.POSITIVE_INFINITY;
    int ties = 0;
    for (long rest = eligible; rest != 0; rest &= rest - 1) {
      int index = Long.numberOfTrailingZeros(rest);
      double score = score(index);
      if (score < bestScore) {
        best = index;
        bestScore = score;
        ties = 1;
      } else if (score == bestScore && random.nextInt(++ties) == 0) {
        best = index;
      }
    }
    return best;
  }

  /** Two at random by weight, then the one with the lower score. */
  int betterOfTwo(RandomGenerator random) {
    int one = atRandom(eligible, random);
    long others = eligible & ~(1L << one);
    if (others == 0) {
      return one;
    }
    int other = atRandom(others, random);
    return score(other) < score(one) ? other : one;
  }

  /**
   * By the client's address: weighted rendezvous hashing, so that a server which goes away or comes
   * back moves its own clients and nobody else's.
   */
  int bySource(byte[] client) {
    long hash = Hashes.bytes(client, 0);
    int best = -1;
    double bestScore = -1;
    for (long rest = eligible; rest != 0; rest &= rest - 1) {
      int index = Long.numberOfTrailingZeros(rest);
      long mixed = Hashes.mix(hash ^ pool.identity(index));
      double uniform = ((mixed >>> 11) + 0.5) * 0x1p-53;
      double score = weight(index) / -Math.log(uniform);
      if (score > bestScore) {
        best = index;
        bestScore = score;
      }
    }
    return best;
  }

  /** Weight × slow-start share; servers of weight 0 are chosen among themselves as equals. */
  double weight(int index) {
    Server server = Objects.requireNonNull(pool.get(index));
    return Math.max(1, server.backend().weight()) * server.share(slowStartNanos, nowNanos);
  }

  private double score(int index) {
    return (loads.active(index) + loads.pending(index) + 1) / weight(index);
  }

  private int atRandom(long servers, RandomGenerator random) {
    double total = 0;
    for (long rest = servers; rest != 0; rest &= rest - 1) {
      total += weight(Long.numberOfTrailingZeros(rest));
    }
    double point = random.nextDouble() * total;
    int last = -1;
    for (long rest = servers; rest != 0; rest &= rest - 1) {
      last = Long.numberOfTrailingZeros(rest);
      point -= weight(last);
      if (point < 0) {
        return last;
      }
    }
    return last;
  }
}
