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

  private UnusedFields() {}

  /** One line a field that the user wrote in vain, such as {@code spec.nodeLocal: not used yet}. */
  public static List<String> lines(Manifest manifest) {
    return manifest.written().stream()
        .filter(UnusedFields::unused)
        .sorted()
        .map(UnusedFields::line)
        .toList();
  }

  private static boolean unused(String path) {
    if (path.equals("spec.agent") || USED.contains(path)) {
      return false;
    }
    boolean nested = path.indexOf('.', "spec.".length()) >= 0;
    return nested ? path.startsWith("spec.agent.") && !USED_OF_AGENT.contains(path) : true;
  }

  private static String line(String path) {
    if (MEMBERS_INSTEAD.contains(path)) {
      return path + ": not used in file mode, where spec.members says who takes part";
    }
    return path
        + (OPERATORS.contains(path)
            ? ": not used in file mode; the operator acts on it"
            : ": not used yet");
  }
}
