package io.apiservervip.agent.proxy;

import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;

/** The errno values of Linux that the proxy tells apart (errno(3)). */
final class Errno {
  static final int EAFNOSUPPORT = 97;
  static final int EADDRINUSE = 98;
  static final int ENETUNREACH = 101;
  static final int ECONNREFUSED = 111;
  static final int ETIMEDOUT = 110;
  static final int EHOSTUNREACH = 113;

  private static final int EIO = 5;
  private static final int ECONNRESET = 104;

  private Errno() {}

  /** The errno behind an exception of a transport; EIO where it cannot be told. */
  static int of(IOException failure) {
    return switch (failure) {
      case Errors.NativeIoException e -> -e.expectedErr();
      case NoRouteToHostException _ -> EHOSTUNREACH;
      case ConnectException _ -> ECONNREFUSED;
      default -> EIO;
    };
  }

  /** What a failed connect means. */
  static ConnectFailure connectFailure(int errno) {
    return switch (errno) {
      case ECONNREFUSED, ECONNRESET -> ConnectFailure.REFUSED;
      case ETIMEDOUT -> ConnectFailure.TIMED_OUT;
      case ENETUNREACH, EHOSTUNREACH -> ConnectFailure.UNREACHABLE;
      default -> ConnectFailure.LOCAL;
    };
  }
}
