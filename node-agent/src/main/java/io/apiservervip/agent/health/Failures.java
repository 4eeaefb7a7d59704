package io.apiservervip.agent.health;

import io.netty.channel.ChannelException;
import io.netty.channel.unix.Errors;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what a socket or a TLS engine threw into what is said of the backend. */
final class Failures {
  private static final int MAX_TEXT = 160;

  /** errno(3), Linux: ENOMEM, ENFILE, EMFILE, EADDRNOTAVAIL, ENOBUFS. */
  private static final Set<Integer> LOCAL_ERRNO = Set.of(12, 23, 24, 99, 105);

  /** What strerror(3) makes of them, where the transport keeps no more than the text. */
  private static final List<String> LOCAL_TEXT =
      List.of(
          "Cannot assign requested address", "No buffer space available", "Cannot allocate memory");

  private Failures() {}

  /** The result of a check that ended with this. */
  static CheckResult result(Throwable thrown) {
    return local(thrown)
        ? new CheckResult.NotAsked(text(thrown))
        : new CheckResult.Failed(text(thrown));
  }

  /** Whether it is this side that has no socket, port or memory. */
  private static boolean local(Throwable thrown) {
    for (@Nullable Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof ChannelException || at instanceof BindException) {
        return true;
      }
      if (at instanceof Errors.NativeIoException io && LOCAL_ERRNO.contains(-io.expectedErr())) {
        return true;
      }
      String said = at.getMessage();
      if (at instanceof ConnectException
          && said != null
          && LOCAL_TEXT.stream().anyMatch(said::contains)) {
        return true;
      }
    }
    return false;
  }

  private static String text(Throwable thrown) {
    Throwable cause =
        thrown instanceof DecoderException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    String message = cause.getMessage();
    String said = message == null ? cause.getClass().getSimpleName() : firstLine(message);
    if (cause instanceof NotSslRecordException) {
      return "answers without TLS";
    }
    if (cause instanceof javax.net.ssl.SSLException) {
      return "TLS: " + said;
    }
    if (cause instanceof NoRouteToHostException) {
      return "no route to host";
    }
    if (cause instanceof ConnectException && said.toLowerCase(Locale.ROOT).contains("refused")) {
      return "connection refused";
    }
    return said;
  }

  private static String firstLine(String message) {
    String line = message.lines().findFirst().orElse("");
    return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT);
  }
}
