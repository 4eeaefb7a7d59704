package io.apiservervip.agent.observe;

import java.util.Locale;

/** Why accept(2) failed, as a metric tag, by the numbers of Linux (errno(3)). */
enum AcceptErrno {
  EPERM(1),
  ENOMEM(12),
  /** The system has no file descriptor left. */
  ENFILE(23),
  /** The process has no file descriptor left. */
  EMFILE(24),
  EPROTO(71),
  ECONNABORTED(103),
  ENOBUFS(105),
  /** Any other number. */
  OTHER(0);

  private static final AcceptErrno[] ALL = values();

  private final int number;

  AcceptErrno(int number) {
    this.number = number;
  }

  static AcceptErrno of(int number) {
    for (AcceptErrno errno : ALL) {
      if (errno.number == number) {
        return errno;
      }
    }
    return OTHER;
  }

  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
