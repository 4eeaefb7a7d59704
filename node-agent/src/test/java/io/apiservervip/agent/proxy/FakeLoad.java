package io.apiservervip.agent.proxy;

/** Connections as a test sets them. */
final class FakeLoad implements LoadOf {
  final int[] active = new int[ServerPool.MAX_SERVERS];
  final int[] pending = new int[ServerPool.MAX_SERVERS];
  long silent;

  static FakeLoad of(int... active) {
    FakeLoad load = new FakeLoad();
    System.arraycopy(active, 0, load.active, 0, active.length);
    return load;
  }

  @Override
  public int active(int index) {
    return active[index];
  }

  @Override
  public int pending(int index) {
    return pending[index];
  }

  @Override
  public boolean silent(int index, long nowNanos) {
    return (silent >> index & 1) != 0;
  }
}
