package io.apiservervip.e2e.router;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Text of the one ApiServerVip manifest that every agent of a group reads. */
final class AgentManifest {
  private AgentManifest() {}

  static String text(GroupConfig group, List<GroupMember> members) {
    String authentication =
        group.password().isEmpty()
            ? ""
            : "    authentication: {type: Password, password: \"" + group.password() + "\"}\n";
    String preemptDelay =
        group.options().preemptDelay().isZero()
            ? ""
            : "    preemptDelay: " + duration(group.options().preemptDelay()) + "\n";
    return """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata:
          name: control-plane
        spec:
          addresses: [%s]
          interface: eth0
          members:
        %s
          vrrp:
            version: %d
            virtualRouterId: %d
            advertisementInterval: %s
            preempt: %s
            transport: %s
        """
            .formatted(
                group.addresses().stream()
                    .map(a -> '"' + a + '"')
                    .collect(Collectors.joining(", ")),
                members.stream().map(AgentManifest::member).collect(Collectors.joining("\n")),
                group.version(),
                group.virtualRouterId(),
                duration(group.interval()),
                group.options().preempt(),
                group.options().unicast() ? "Unicast" : "Multicast")
        + preemptDelay
        + authentication
        + """
          loadBalancer: {mode: None}
        """;
  }

  private static String member(GroupMember member) {
    return "    - {node: %s, addresses: [\"%s\", \"%s\"], priority: %d}"
        .formatted(
            member.host().node(), member.host().ipv4(), member.host().ipv6(), member.priority());
  }

  private static String duration(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
