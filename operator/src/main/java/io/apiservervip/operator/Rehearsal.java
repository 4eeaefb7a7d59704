package io.apiservervip.operator;

import java.io.IOException;
import java.util.List;

/**
 * A life of the operator in some seconds, without a cluster: the build runs it once and keeps the
 * classes it loaded in a cache (JEP 483, JEP 514), which shortens the start of the real one.
 */
final class Rehearsal {
  private static final long PATIENCE_SECONDS = 60;

  private Rehearsal() {}

  /** Runs it; says on standard error where it got stuck. */
  static int run() throws IOException, InterruptedException {
    RunOptions options = new RunOptions("apiserver-vip", List.of(), "rehearsal:1", 0);
    try (RehearsalApi api = RehearsalApi.start();
        OperatorProgram program = new OperatorProgram(options, api, "rehearsal")) {
      program.start();
      if (!api.awaitStatus(PATIENCE_SECONDS)) {
        System.err.println("no status was written within " + PATIENCE_SECONDS + " s");
        return 1;
      }
      return 0;
    }
  }
}
