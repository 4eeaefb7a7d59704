package io.apiservervip.agent.preflight;

import io.apiservervip.agent.health.BackendHealth;
import io.apiservervip.agent.health.CertificateNames;
import io.apiservervip.agent.health.ServerCertificate;
import io.apiservervip.api.v1alpha1.BackendState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether the API servers answer, and what their certificates are good for. Pure. */
public final class ServerFindings {
  private static final Duration AHEAD = Duration.ofDays(30);
  private static final String REFUSED = "refused";

  private ServerFindings() {}

  /**
   * @param names addresses and DNS names by which clients come
   */
  public static List<Finding> of(BackendHealth health, List<String> names, Instant now) {
    List<Finding> findings = new ArrayList<>();
    findings.add(answer(health));
    ServerCertificate certificate = health.certificate();
    if (certificate != null) {
      findings.add(certificate(health.address().text(), certificate, names, now));
    }
    return findings;
  }

  /** Whether asking again would hardly tell more: silence may be that of a slow handshake. */
  public static boolean settled(BackendHealth health) {
    String error = health.lastError();
    return health.checked()
        && (error == null || error.contains(REFUSED) || health.state() == BackendState.NOT_READY);
  }

  private static Finding answer(BackendHealth health) {
    String check = "API server " + health.address().text();
    String error = health.lastError();
    if (!health.checked() && error == null) {
      return Finding.notChecked(check, "no answer yet", "give it longer: --patience 30s");
    }
    if (health.state() == BackendState.NOT_READY) {
      return Finding.warn(
          check, "answers and is not ready: " + error, "ask it for /readyz?verbose what it lacks");
    }
    if (error == null) {
      return Finding.ok(check, "answers");
    }
    return error.contains(REFUSED)
        ? Finding.warn(
            check,
            error + ": nobody listens there",
            "as it should be before the cluster is made; else start it, or correct backendPort")
        : Finding.fail(
            check, error, "look at routes and firewalls between the nodes, or correct the address");
  }

  private static Finding certificate(
      String backend, ServerCertificate certificate, List<String> names, Instant now) {
    String check = "certificate of " + backend;
    List<String> missing = CertificateNames.missingNames(certificate, names);
    if (!now.isBefore(certificate.notAfter())) {
      return Finding.fail(
          check,
          "ended at " + certificate.notAfter(),
          "renew it (kubeadm certs renew apiserver) and restart the API server");
    }
    if (!missing.isEmpty()) {
      return Finding.fail(
          check,
          "does not cover " + String.join(", ", missing),
          "add to its names: certSANs of kubeadm, tls-san of k3s and RKE2, sans of k0s");
    }
    long days = Duration.between(now, certificate.notAfter()).toDays();
    return now.plus(AHEAD).isBefore(certificate.notAfter())
        ? Finding.ok(
            check, "covers " + String.join(", ", names) + ", until " + certificate.notAfter())
        : Finding.warn(
            check,
            "ends in " + days + " days, at " + certificate.notAfter(),
            "renew it (kubeadm certs renew apiserver)");
  }
}
