package io.apiservervip.agent.observe;

import java.util.Locale;

/** Why a send failed, as a metric tag: the numbers of Linux (errno(3)) that sendmsg(2) yields. */
enum SendErrno {
  EPERM(1),
  EINTR(4),
  EAGAIN(11),
  ENOMEM(12),
  EACCES(13),
  ENODEV(19),
  EINVAL(22),
  EMSGSIZE(90),
  EADDRNOTAVAIL(99),
  ENETDOWN(100),
  ENETUNREACH(101),
  ENOBUFS(105),
  EHOSTUNREACH(113),
  /** Any other number. */
  OTHER(0);

  private static final SendErrno[] ALL = values();

  private final int number;

  SendErrno(int number) {
    this.number = number;
  }

  static SendErrno of(int number) {
    for (SendErrno errno : ALL) {
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
