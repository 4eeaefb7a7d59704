package io.apiservervip.e2e.cluster;

import java.io.IOException;

/** An API server on a host of a lab, on port 6443 of its address; it may end and begin again. */
public sealed interface ApiDoor extends AutoCloseable permits HttpDoor, ProgramDoor {
  int PORT = 6443;

  /** It runs again, after it was closed; returns once it answers. */
  void reopen() throws IOException, InterruptedException;

  /**
   * Ends it and its connections, at once and without a word; closing it twice is closing it once.
   */
  @Override
  void close() throws IOException;
}
