package io.apiservervip.e2e.cluster;

import java.io.IOException;

/** An API server on a host of a lab, on port 6443 of its address; it may end and begin again. */
public sealed interface ApiDoor extends AutoCloseable permits HttpDoor, ProgramDoor {
  int PORT = 6443;

  /** Ends it and its connections, at once and without a word; twice is once. */
  void kill() throws IOException;

  /** It runs again, after it was killed; returns once it answers. */
  void reopen() throws IOException, InterruptedException;

  @Override
  default void close() throws IOException {
    kill();
  }
}
