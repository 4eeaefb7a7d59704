package io.apiservervip.agentapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnusedFieldsTest {
  private static List<String> lines(String more) {
    String text =
        """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata: {name: control-plane}
        spec:
          addresses: ["10.99.0.50"]
          members: [{node: cp-1, addresses: [10.99.0.11], priority: 250}]
        """;
    return switch (VipReader.read(text + more)) {
      case Reading.Accepted<Manifest>(Manifest manifest, List<String> _) ->
          UnusedFields.lines(manifest);
      case Reading.Refused<Manifest>(List<Problem> problems) ->
          throw new AssertionError(problems.toString());
    };
  }

  @Test
  void whatOthersActOnIsSaidSo() {
    assertThat(lines("  service: {enabled: false}\n  nodeSelector: {}\n"))
        .containsExactly(
            "spec.nodeSelector: not used in file mode, where spec.members says who takes part",
            "spec.service: not used in file mode; the operator acts on it");
    assertThat(lines("  nodeLocal: {enabled: true}\n"))
        .containsExactly("spec.nodeLocal: not used yet");
  }

  @Test
  void entryOfTheHostsFileIsForBootstrap() {
    String entry =
        "spec.nodeLocal.hostsEntry: not used by the agent; node-agent bootstrap writes it into"
            + " /etc/hosts";
    assertThat(lines("  nodeLocal: {hostsEntry: api.lab}\n")).containsExactly(entry);
    assertThat(lines("  nodeLocal: {enabled: true, hostsEntry: api.lab}\n"))
        .containsExactly("spec.nodeLocal: not used yet", entry);
  }
}
