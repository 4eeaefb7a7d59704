package io.apiservervip.e2e.load;

/** A system call that failed where the tool cannot go on: its name and errno. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private Failure(String call, int errno) {
    super(call + ": errno " + errno);
  }

  /** The result, or an exception where it is a negative errno. */
  static int check(String call, int result) {
    if (result < 0) {
      throw new Failure(call, -result);
    }
    return result;
  }
}
