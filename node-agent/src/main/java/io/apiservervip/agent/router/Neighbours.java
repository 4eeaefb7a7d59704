package io.apiservervip.agent.router;

/** What the loop has learnt of the others on its link. Loop thread. */
record Neighbours(
    PeerTable peers, SplitBrainWatch splitBrain, SegmentWatch segment, Warnings warnings) {
  static Neighbours unknown() {
    return new Neighbours(
        new PeerTable(), new SplitBrainWatch(), new SegmentWatch(), new Warnings());
  }
}
