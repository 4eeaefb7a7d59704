package io.apiservervip.agent.health;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Judges which names a certificate covers. */
public final class CertificateNames {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private CertificateNames() {}

  /**
   * Those of the names under which clients could not verify the server, in their order.
   *
   * @param wanted addresses or DNS names, in text
   */
  public static List<String> missingNames(ServerCertificate certificate, List<String> wanted) {
    return wanted.stream()
        .filter(name -> certificate.names().stream().noneMatch(has -> covers(has, name)))
        .toList();
  }

  /** RFC 9525 §6.3: a wildcard is the whole leftmost label and stands for exactly one. */
  private static boolean covers(String has, String name) {
    String pattern = canonical(has);
    String text = canonical(name);
    if (!pattern.startsWith("*.") || ADDRESS.matcher(text).matches()) {
      return pattern.equals(text);
    }
    int dot = text.indexOf('.');
    return dot > 0 && pattern.substring(1).equals(text.substring(dot));
  }

  /** An address in the JDK's form, a name in lower case. */
  private static String canonical(String text) {
    if (ADDRESS.matcher(text).matches()) {
      try {
        return InetAddress.ofLiteral(text).getHostAddress();
      } catch (IllegalArgumentException e) {
        return text;
      }
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
