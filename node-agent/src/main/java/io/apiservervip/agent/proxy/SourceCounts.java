package io.apiservervip.agent.proxy;

/**
 * A small hash table from an address of 128 bits to a count: open addressing in plain arrays, which
 * grow with the number of addresses. Guarded by its own lock, which the caller holds.
 */
final class SourceCounts {
  private static final int FIRST_SLOTS = 16;

  private final int capacity;
  private long[] highs = new long[FIRST_SLOTS];
  private long[] lows = new long[FIRST_SLOTS];
  private int[] hashes = new int[FIRST_SLOTS];

  /** 0: the slot is free. */
  private int[] counts = new int[FIRST_SLOTS];

  private int size;

  /**
   * @param capacity most addresses
   */
  SourceCounts(int capacity) {
    this.capacity = capacity;
  }

  /** Counts one more, unless there are {@code most}, or too many addresses. */
  boolean add(long high, long low, int hash, int most) {
    int slot = find(high, low, hash);
    if (counts[slot] >= most || (counts[slot] == 0 && size >= capacity)) {
      return false;
    }
    if (counts[slot]++ == 0) {
      highs[slot] = high;
      lows[slot] = low;
      hashes[slot] = hash;
      if (++size * 2 > counts.length) {
        resize(counts.length * 2);
      }
    }
    return true;
  }

  /** Counts one less; an address that is not there is left alone. */
  void remove(long high, long low, int hash) {
    int slot = find(high, low, hash);
    if (counts[slot] > 0 && --counts[slot] == 0) {
      close(slot);
      if (--size * 8 < counts.length && counts.length > FIRST_SLOTS) {
        resize(counts.length / 2);
      }
    }
  }

  /** Addresses. */
  int size() {
    return size;
  }

  /** Slots: what it costs in memory. */
  int slots() {
    return counts.length;
  }

  /** The slot of an address, or the free one where it belongs. */
  private int find(long high, long low, int hash) {
    int slot = hash & (counts.length - 1);
    while (counts[slot] != 0 && (highs[slot] != high || lows[slot] != low)) {
      slot = (slot + 1) & (counts.length - 1);
    }
    return slot;
  }

  /** Fills a gap from behind, so that each address is still found from where its hash points. */
  private void close(int gap) {
    int mask = counts.length - 1;
    int free = gap;
    for (int slot = (gap + 1) & mask; counts[slot] != 0; slot = (slot + 1) & mask) {
      int distance = (slot - hashes[slot]) & mask;
      if (distance >= ((slot - free) & mask)) {
        move(slot, free);
        free = slot;
      }
    }
    counts[free] = 0;
  }

  private void move(int from, int to) {
    highs[to] = highs[from];
    lows[to] = lows[from];
    hashes[to] = hashes[from];
    counts[to] = counts[from];
  }

  private void resize(int slots) {
    long[] oldHighs = highs;
    long[] oldLows = lows;
    int[] oldHashes = hashes;
    int[] oldCounts = counts;
    highs = new long[slots];
    lows = new long[slots];
    hashes = new int[slots];
    counts = new int[slots];
    for (int i = 0; i < oldCounts.length; i++) {
      if (oldCounts[i] != 0) {
        int slot = find(oldHighs[i], oldLows[i], oldHashes[i]);
        highs[slot] = oldHighs[i];
        lows[slot] = oldLows[i];
        hashes[slot] = oldHashes[i];
        counts[slot] = oldCounts[i];
      }
    }
  }
}
