package io.apiservervip.agent.proxy;

import io.apiservervip.agent.proxy.FirstFlight.Reason;

/**
 * The message that opens a TLS connection (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2), as far as it says
 * whether it may be sent twice.
 *
 * <pre>
 *  type(1) length(3) version(2) random(32) session(1+n) suites(2+n) compression(1+n)
 *  [extensions(2): type(2) length(2) ... ]
 * </pre>
 */
final class ClientHello {
  private static final int VERSION_AND_RANDOM = 2 + 32;
  private static final int MAX_SESSION = 32;

  /** RFC 8446 §4.2.10. */
  private static final int EARLY_DATA = 42;

  private ClientHello() {}

  /** Why it may not be sent twice; {@code NONE}: it may. */
  static Reason judge(HandshakeBytes message) {
    message.skip(4 + VERSION_AND_RANDOM);
    int session = message.u8();
    message.skip(session);
    int suites = message.u16();
    message.skip(suites);
    int compression = message.u8();
    message.skip(compression);
    if (session > MAX_SESSION
        || suites < 2
        || suites % 2 != 0
        || compression == 0
        || message.exceeded()) {
      return Reason.MALFORMED;
    }
    return message.left() == 0 ? Reason.NONE : judgeExtensions(message);
  }

  private static Reason judgeExtensions(HandshakeBytes message) {
    if (message.u16() != message.left()) {
      return Reason.MALFORMED;
    }
    while (message.left() > 0) {
      int type = message.u16();
      message.skip(message.u16());
      if (message.exceeded()) {
        return Reason.MALFORMED;
      }
      if (type == EARLY_DATA) {
        return Reason.EARLY_DATA;
      }
    }
    return Reason.NONE;
  }
}
