package io.apiservervip.agent.health;

import io.apiservervip.agentapi.BackendAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of certificates that run out: in the log once a day for each backend, at most 64 of them.
 * Owned by the check loop; reads no clock.
 */
final class CertificateWatch {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
  private static final Duration AHEAD = Duration.ofDays(30);
  private static final Duration AGAIN = Duration.ofDays(1);
  private static final int MAX_BACKENDS = 64;

  private final Map<BackendAddress, Instant> told = new LinkedHashMap<>();

  /** Writes the line where one is due. */
  void look(BackendHealth health, Instant now) {
    CertificateWarning warning = warning(health, now);
    if (warning == null) {
      return;
    }
    Instant last = told.get(health.address());
    if (last != null && now.isBefore(last.plus(AGAIN))) {
      return;
    }
    if (last == null && told.size() == MAX_BACKENDS) {
      told.remove(told.keySet().iterator().next());
    }
    told.put(health.address(), now);
    LOG.atWarn()
        .addKeyValue("backend", health.address().text())
        .addKeyValue("notAfter", warning.notAfter())
        .log(
            warning.expired()
                ? "certificate of an API server has expired"
                : "certificate of an API server expires soon");
  }

  /** Those that have expired or will within 30 days, each backend once. */
  static List<CertificateWarning> warnings(Collection<BackendHealth> backends, Instant now) {
    Map<BackendAddress, CertificateWarning> found = new LinkedHashMap<>();
    for (BackendHealth health : backends) {
      CertificateWarning warning = warning(health, now);
      if (warning != null) {
        found.put(health.address(), warning);
      }
    }
    return List.copyOf(found.values());
  }

  private static @Nullable CertificateWarning warning(BackendHealth health, Instant now) {
    ServerCertificate certificate = health.certificate();
    if (certificate == null || now.plus(AHEAD).isBefore(certificate.notAfter())) {
      return null;
    }
    return new CertificateWarning(
        health.address(), certificate.notAfter(), now.isAfter(certificate.notAfter()));
  }
}
