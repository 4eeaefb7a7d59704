package io.apiservervip.agent.proxy;

/**
 * Connections of each client address, to limit them. Its memory is bounded by the number of
 * connections. Called on every event loop; a lock is held for a few nanoseconds.
 */
final class SourceTable {
  private static final int STRIPES = 16;

  private final long seed;
  private final SourceCounts[] stripes = new SourceCounts[STRIPES];

  /**
   * @param capacity most addresses at a time: as many as there may be connections
   * @param seed of the hash, so that nobody can choose addresses that collide
   */
  SourceTable(int capacity, long seed) {
    this.seed = seed;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new SourceCounts(capacity);
    }
  }

  /**
   * Counts one connection more.
   *
   * @param address 4 or 16 bytes; IPv4 in IPv6 form is the same as IPv4
   * @param perSource most connections of one address; 0: no limit
   * @return false: the address has as many as it may have; nothing was counted
   */
  boolean enter(byte[] address, int perSource) {
    long high = high(address);
    long low = low(address);
    long hash = hash(high, low);
    SourceCounts stripe = stripe(hash);
    synchronized (stripe) {
      return stripe.add(high, low, slotHash(hash), perSource == 0 ? Integer.MAX_VALUE : perSource);
    }
  }

  /** Counts one connection less; once for each {@code enter} that was true. */
  void leave(byte[] address) {
    long high = high(address);
    long low = low(address);
    long hash = hash(high, low);
    SourceCounts stripe = stripe(hash);
    synchronized (stripe) {
      stripe.remove(high, low, slotHash(hash));
    }
  }

  private long hash(long high, long low) {
    return Hashes.mix(Hashes.mix(high ^ seed) ^ low);
  }

  /** The lower bits choose the stripe, the upper ones the slot in it. */
  private SourceCounts stripe(long hash) {
    return stripes[(int) (hash & (STRIPES - 1))];
  }

  private static int slotHash(long hash) {
    return (int) (hash >>> 32);
  }

  private static long high(byte[] address) {
    return address.length == 4 ? 0 : number(address, 0, 8);
  }

  private static long low(byte[] address) {
    return address.length == 4 ? 0xffff_0000_0000L | number(address, 0, 4) : number(address, 8, 8);
  }

  private static long number(byte[] bytes, int from, int count) {
    long number = 0;
    for (int i = from; i < from + count; i++) {
      number = number << 8 | (bytes[i] & 0xff);
    }
    return number;
  }
}
