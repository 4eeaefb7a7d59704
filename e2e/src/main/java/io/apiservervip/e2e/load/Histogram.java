package io.apiservervip.e2e.load;

import java.util.Arrays;

/** Times in buckets, each at most 1/64 wide of what it holds; fixed memory. One owner thread. */
final class Histogram {
  private static final int SUB_BITS = 6;
  private static final int SUB = 1 << SUB_BITS;

  private final long[] buckets = new long[SUB * (64 - SUB_BITS)];
  private long count;

  void add(long nanos) {
    buckets[index(Math.max(0, nanos))]++;
    count++;
  }

  long count() {
    return count;
  }

  void clear() {
    Arrays.fill(buckets, 0);
    count = 0;
  }

  /** The time that the given share of all, 0 to 1, does not exceed: upper end of its bucket. */
  long quantile(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * count));
    long seen = 0;
    for (int i = 0; i < buckets.length; i++) {
      seen += buckets[i];
      if (seen >= rank) {
        return upper(i);
      }
    }
    return 0;
  }

  private static int index(long value) {
    if (value < SUB) {
      return (int) value;
    }
    int shift = 63 - Long.numberOfLeadingZeros(value) - SUB_BITS;
    return (shift << SUB_BITS) + (int) (value >>> shift);
  }

  private static long upper(int index) {
    if (index < 2 * SUB) {
      return index;
    }
    int shift = (index >> SUB_BITS) - 1;
    long from = (long) (index - (shift << SUB_BITS)) << shift;
    return from + (1L << shift) - 1;
  }
}
