package io.apiservervip.agent.kube;

/**
 * What came of asking one API server for {@code /readyz}.
 *
 * @param text the status, or why there is none; one line
 */
record Trial(Answer answer, String text) {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /** What it says. */
  enum Answer {
    /** 2xx; 401 and 403 too, which tell that it serves and not whether it is ready. */
    READY,
    /** Any other status: it serves, or begins or ends to. */
    NOT_READY,
    /** No answer in time, refused, or not the server that it should be. */
    SILENT
  }

  static Trial status(int status) {
    boolean ready = status / 100 == 2 || status == UNAUTHORIZED || status == FORBIDDEN;
    return new Trial(ready ? Answer.READY : Answer.NOT_READY, "/readyz answered " + status);
  }

  static Trial silent(String why) {
    return new Trial(Answer.SILENT, why);
  }
}
