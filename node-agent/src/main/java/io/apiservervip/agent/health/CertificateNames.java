package io.apiservervip.agent.health;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/** Which names a certificate covers. ★ */
public final class CertificateNames {
  private CertificateNames() {}

  /**
   * Those of the addresses and names that a client could not verify, in their order.
   *
   * @param wanted addresses in text, as {@link InetAddress#getHostAddress} writes them, or DNS
   *     names
   */
  public static List<String> missingNames(ServerCertificate certificate, List<String> wanted) {
    return wanted.stream()
        .filter(name -> certificate.names().stream().noneMatch(has -> covers(has, name)))
        .toList();
  }

  /** RFC 6125 §6.4.3: a wildcard stands for the whole leftmost label, and for one only. */
  private static boolean covers(String has, String name) {
    String pattern = has.toLowerCase(Locale.ROOT);
    String text = name.toLowerCase(Locale.ROOT);
    if (!pattern.startsWith("*.")) {
      return pattern.equals(text);
    }
    int dot = text.indexOf('.');
    return dot > 0 && pattern.substring(1).equals(text.substring(dot));
  }
}
