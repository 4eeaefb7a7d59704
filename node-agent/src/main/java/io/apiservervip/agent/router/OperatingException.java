package io.apiservervip.agent.router;

import java.io.IOException;

/** A system call failed: which, on what, with which errno. */
public final class OperatingException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int errno;

  /**
   * @param call for example {@code RTM_NEWADDR} or {@code socket(AF_INET, SOCK_RAW)}
   * @param object what it was applied to, for example {@code 10.99.0.50 on eth0}
   */
  public OperatingException(String call, String object, int errno, String text) {
    this(call, object, errno, text, "");
  }

  /**
   * As above, and what to do about it.
   *
   * @param remedy appended to the message, for example {@code ; the agent needs CAP_NET_RAW}
   */
  public OperatingException(String call, String object, int errno, String text, String remedy) {
    super(call + " " + object + ": " + text + " (errno " + errno + ")" + remedy);
    this.errno = errno;
  }

  /** The errno of errno(3). */
  public int errno() {
    return errno;
  }
}
