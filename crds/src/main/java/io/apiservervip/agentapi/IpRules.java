package io.apiservervip.agentapi;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The rule that a field holds an IP address. */
final class IpRules {
  private IpRules() {}

  /** The address; null, and a problem, if the text is not one. */
  static @Nullable InetAddress check(String text, String path, Problems problems) {
    InetAddress ip = IpLiteral.parse(text);
    problems.unless(
        ip != null, path, Shown.text(text), "is not an IP address such as 10.99.0.11 or fd00::11");
    return ip;
  }
}
