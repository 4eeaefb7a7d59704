package io.apiservervip.agent.proxy;

/**
 * The bytes that one event loop holds because no sink took them. The more there are, the less is
 * read at a time, so that thousands of clients which read nothing cannot fill the memory. Owned by
 * its event loop.
 */
final class AsideBudget {
  private static final long EASY = 2L << 20;
  private static final long TIGHT = 4L << 20;
  private static final int SMALL = 4 << 10;
  private static final int LEAST = 512;

  private long held;

  void add(long bytes) {
    held += bytes;
  }

  /** Whether there is room for what is only good to have. */
  boolean roomy() {
    return held < TIGHT;
  }

  /** Most bytes of the next read. */
  int readSize() {
    if (held < EASY) {
      return Scratch.BYTES;
    }
    return held < TIGHT ? SMALL : LEAST;
  }
}
