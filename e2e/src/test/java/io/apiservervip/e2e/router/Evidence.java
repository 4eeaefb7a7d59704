package io.apiservervip.e2e.router;

import io.apiservervip.e2e.lab.Lab;

/** Adds what the programs of a lab wrote to whatever fails in it. */
public final class Evidence {
  private Evidence() {}

  /** A test's body. */
  public interface Body {
    void run() throws Exception;
  }

  public static void of(Lab lab, Body body) throws Exception {
    try {
      body.run();
    } catch (Exception | AssertionError e) {
      e.addSuppressed(new AssertionError(lab.logs()));
      throw e;
    }
  }
}
