package io.apiservervip.agent.proxy;

/** Hash functions that are the same in every process. */
final class Hashes {
  private Hashes() {}

  /** Of a few bytes. */
  static long bytes(byte[] bytes, long seed) {
    long hash = mix(seed + bytes.length);
    for (byte b : bytes) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** Spreads every bit over all 64: the last step of SplitMix64. */
  static long mix(long value) {
    long mixed = value + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
