package io.apiservervip.agent.observe;

import io.apiservervip.agent.health.BackendHealth;
import io.apiservervip.agent.health.ServerCertificate;
import io.apiservervip.agent.proxy.ListenerStatus;
import io.apiservervip.agentapi.BackendAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with the certificates of the API servers. */
final class Certificates {
  private static final Duration AHEAD = Duration.ofDays(30);

  private Certificates() {}

  /**
   * The certificate of one API server.
   *
   * @param missing names by which clients come and that it does not cover
   */
  record Line(BackendAddress backend, Instant notAfter, List<String> missing) {}

  /** One line a backend, whichever listener checks it, in the order of the document. */
  static List<Line> of(ProxyView view) {
    Map<BackendAddress, Line> lines = new LinkedHashMap<>();
    for (ListenerStatus listener : view.listeners()) {
      for (BackendHealth health : view.health().getOrDefault(listener.name(), List.of())) {
        ServerCertificate certificate = health.certificate();
        if (certificate != null) {
          lines.putIfAbsent(
              health.address(),
              new Line(
                  health.address(),
                  certificate.notAfter(),
                  missing(view.clientNames(), certificate.names())));
        }
      }
    }
    return List.copyOf(lines.values());
  }

  /** Of these names, those that no subject alternative name covers (RFC 9525, section 6.3). */
  static List<String> missing(List<String> wanted, List<String> presented) {
    return wanted.stream()
        .filter(name -> presented.stream().noneMatch(pattern -> covers(pattern, name)))
        .toList();
  }

  /** A sentence for each certificate that has ended, ends soon, or does not cover a name. */
  static List<String> warnings(ProxyView view, Instant now) {
    List<String> warnings = new ArrayList<>();
    for (Line line : of(view)) {
      String who = "the certificate of " + line.backend().text();
      if (!now.isBefore(line.notAfter())) {
        warnings.add(who + " ended at " + line.notAfter());
      } else if (now.isAfter(line.notAfter().minus(AHEAD))) {
        long days = Duration.between(now, line.notAfter()).toDays();
        warnings.add(who + " ends in " + days + " days, at " + line.notAfter());
      }
      if (!line.missing().isEmpty()) {
        warnings.add(
            who
                + " does not cover "
                + String.join(", ", line.missing())
                + ": clients that check it refuse the server");
      }
    }
    return warnings;
  }

  private static boolean covers(String pattern, String name) {
    String presented = pattern.toLowerCase(Locale.ROOT);
    String wanted = name.toLowerCase(Locale.ROOT);
    if (presented.equals(wanted)) {
      return true;
    }
    InetAddress address = literal(wanted);
    if (address != null) {
      return address.equals(literal(presented));
    }
    int dot = wanted.indexOf('.');
    return presented.startsWith("*.")
        && dot > 0
        && presented.substring(1).equals(wanted.substring(dot));
  }

  private static @Nullable InetAddress literal(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
