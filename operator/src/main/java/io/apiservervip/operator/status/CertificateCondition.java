package io.apiservervip.operator.status;

import io.apiservervip.agent.health.CertificateNames;
import io.apiservervip.agent.health.ServerCertificate;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.VirtualAddressConfig;
import io.apiservervip.agentapi.VrrpConfig;
import io.apiservervip.api.v1alpha1.ApiServerVipSpec;
import io.apiservervip.api.v1alpha1.CertificateStatus;
import io.apiservervip.operator.model.ServiceFacts;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The condition CertificateCovered: can clients verify the API servers by the names they use. */
final class CertificateCondition {
  static final String NAMES_MISSING = "NamesMissing";
  private static final int MAX_LISTED = 64;

  private CertificateCondition() {}

  static Judgement of(StatusInputs inputs) {
    if (inputs.certificates().isEmpty()) {
      return Judgement.unknown("NotChecked", "no API server has shown its certificate yet");
    }
    TreeSet<String> missing = new TreeSet<>();
    List<String> servers = new ArrayList<>();
    for (CertificateStatus status : statuses(inputs)) {
      List<String> lacks = status.missing();
      if (lacks != null && !lacks.isEmpty()) {
        missing.addAll(lacks);
        servers.add(status.backend());
      }
    }
    if (missing.isEmpty()) {
      return Judgement.yes(
          "Covered", "the certificates have every name that clients use" + aside(inputs));
    }
    return Judgement.no(
        NAMES_MISSING,
        "the certificates of "
            + String.join(", ", servers)
            + " lack "
            + String.join(", ", missing)
            + "; add them to the API servers' certSANs and renew the certificates (kubeadm:"
            + " apiServer.certSANs, then kubeadm init phase certs apiserver)"
            + aside(inputs));
  }

  /** One entry a server, in order. */
  static List<CertificateStatus> statuses(StatusInputs inputs) {
    List<String> wanted = wanted(inputs);
    return inputs.certificates().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.comparing(BackendAddress::text)))
        .limit(MAX_LISTED)
        .map(
            entry ->
                new CertificateStatus(
                    entry.getKey().text(),
                    entry.getValue().notAfter().toString(),
                    CertificateNames.missingNames(entry.getValue(), wanted)))
        .toList();
  }

  private static List<String> wanted(StatusInputs inputs) {
    List<String> wanted = new ArrayList<>();
    AgentConfig document = inputs.plan().document();
    VrrpConfig vrrp = document == null ? null : document.vrrp();
    if (vrrp != null) {
      vrrp.addresses().stream()
          .map(VirtualAddressConfig::address)
          .map(InetAddress::getHostAddress)
          .forEach(wanted::add);
    }
    ApiServerVipSpec spec = inputs.spec();
    if (spec != null && spec.nodeLocal().enabled() && spec.nodeLocal().hostsEntry() != null) {
      wanted.add(spec.nodeLocal().hostsEntry());
    }
    return wanted;
  }

  /** Names that clients can do without: they set the server's name themselves. */
  private static String aside(StatusInputs inputs) {
    List<String> used = new ArrayList<>();
    ServiceFacts service = inputs.service().found();
    if (service != null) {
      service.clusterIps().forEach(ip -> used.add(ip.getHostAddress()));
    }
    ApiServerVipSpec spec = inputs.spec();
    if (spec != null && spec.nodeLocal().enabled()) {
      used.add(spec.nodeLocal().address());
    }
    TreeSet<String> lacking = new TreeSet<>();
    for (ServerCertificate certificate : inputs.certificates().values()) {
      lacking.addAll(CertificateNames.missingNames(certificate, used));
    }
    return lacking.isEmpty()
        ? ""
        : "; not among them: "
            + String.join(", ", lacking)
            + " (clients there set tls-server-name: kubernetes)";
  }
}
