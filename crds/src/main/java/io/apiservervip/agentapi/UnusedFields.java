package io.apiservervip.agentapi;

import java.util.List;
import java.util.Set;

/** What an agent in file mode does not act on, although it was read and validated. */
public final class UnusedFields {
  private static final Set<String> USED =
      Set.of(
          "spec.addresses",
          "spec.interface",
          "spec.members",
          "spec.vrrp",
          "spec.health",
          "spec.loadBalancer");
  private static final Set<String> USED_OF_AGENT =
      Set.of("spec.agent.statusPort", "spec.agent.statusAddresses", "spec.agent.logLevel");
  private static final Set<String> MEMBERS_INSTEAD =
      Set.of("spec.nodeSelector", "spec.tolerations");
  private static final Set<String> OPERATORS =
      Set.of(
          "spec.service",
          "spec.agent.image",
          "spec.agent.imagePullPolicy",
          "spec.agent.resources",
          "spec.agent.deployment");

  private static final String NODE_LOCAL = "spec.nodeLocal";
  private static final String HOSTS_ENTRY = "spec.nodeLocal.hostsEntry";

  private UnusedFields() {}

  /** One line a field that the user wrote in vain, such as {@code spec.nodeLocal: not used yet}. */
  public static List<String> lines(Manifest manifest) {
    Set<String> written = manifest.written();
    return written.stream()
        .filter(path -> path.equals(NODE_LOCAL) ? moreThanTheEntry(written) : unused(path))
        .sorted()
        .map(UnusedFields::line)
        .toList();
  }

  /** Of nodeLocal something acts on hostsEntry, which has a line of its own. */
  private static boolean moreThanTheEntry(Set<String> written) {
    return !written.contains(HOSTS_ENTRY)
        || written.stream()
            .anyMatch(path -> path.startsWith(NODE_LOCAL + ".") && !path.equals(HOSTS_ENTRY));
  }

  private static boolean unused(String path) {
    if (path.equals(HOSTS_ENTRY)) {
      return true;
    }
    if (path.equals("spec.agent") || USED.contains(path)) {
      return false;
    }
    boolean nested = path.indexOf('.', "spec.".length()) >= 0;
    return nested ? path.startsWith("spec.agent.") && !USED_OF_AGENT.contains(path) : true;
  }

  private static String line(String path) {
    if (path.equals(HOSTS_ENTRY)) {
      return path + ": not used by the agent; node-agent bootstrap writes it into /etc/hosts";
    }
    if (MEMBERS_INSTEAD.contains(path)) {
      return path + ": not used in file mode, where spec.members says who takes part";
    }
    return path
        + (OPERATORS.contains(path)
            ? ": not used in file mode; the operator acts on it"
            : ": not used yet");
  }
}
