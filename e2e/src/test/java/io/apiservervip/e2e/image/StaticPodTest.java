package io.apiservervip.e2e.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.apiservervip.agent.AgentCommandLine;
import io.apiservervip.operator.reconcile.PlannedAgents;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The static pod that the agent prints, beside the pods of the operator's DaemonSet. */
class StaticPodTest {
  private static final String IMAGE = "ghcr.io/apiserver-vip/node-agent:1.0.0";
  private static final String MANIFEST =
      """
      apiVersion: apiservervip.io/v1alpha1
      kind: ApiServerVip
      metadata: {name: control-plane}
      spec:
        addresses: ["10.99.0.50"]
        members:
          - {node: cp-1, addresses: [10.99.0.11], priority: 250}
        loadBalancer: {drainTimeout: 20s, backends: {source: Members}}
        agent:
          statusPort: 9970
          imagePullPolicy: Always
          resources: {requests: {memory: 128Mi}, limits: {memory: 256Mi}}
      """;

  private final YAMLMapper yaml = new YAMLMapper();
  @TempDir private Path dir;

  @Test
  void agreesWithTheDaemonSetInAllButWhatNeedsAnApiServer() throws IOException {
    Map<String, String> printed = leaves(printed().path("spec"));
    Map<String, String> planned =
        leaves(new JsonMapper().valueToTree(PlannedAgents.pods(MANIFEST, IMAGE)));
    assertThat(onlyIn(printed, planned))
        .containsExactly(
            "/containers/node-agent/args/1=--config",
            "/containers/node-agent/args/2=/etc/apiserver-vip/vip.yaml",
            "/containers/node-agent/volumeMounts/config/mountPath=/etc/apiserver-vip",
            "/containers/node-agent/volumeMounts/config/name=config",
            "/containers/node-agent/volumeMounts/config/readOnly=true",
            "/dnsPolicy=Default",
            "/restartPolicy=Always",
            "/volumes/config/hostPath/path=" + dir.toRealPath(),
            "/volumes/config/hostPath/type=Directory",
            "/volumes/config/name=config");
    assertThat(onlyIn(planned, printed))
        .containsExactly(
            "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution"
                + "/nodeSelectorTerms/0/matchFields/0/key=metadata.name",
            "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution"
                + "/nodeSelectorTerms/0/matchFields/0/operator=In",
            "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution"
                + "/nodeSelectorTerms/0/matchFields/0/values/0=cp-1",
            "/automountServiceAccountToken=true",
            "/containers/node-agent/args/1=--vip",
            "/containers/node-agent/args/2=control-plane",
            "/containers/node-agent/args/5=--namespace",
            "/containers/node-agent/args/6=apiserver-vip",
            "/containers/node-agent/env/HOST_IP/name=HOST_IP",
            "/containers/node-agent/env/HOST_IP/valueFrom/fieldRef/apiVersion=v1",
            "/containers/node-agent/env/HOST_IP/valueFrom/fieldRef/fieldPath=status.hostIP",
            "/dnsPolicy=ClusterFirstWithHostNet",
            "/serviceAccountName=apiserver-vip-agent",
            "/tolerations/0/operator=Exists");
  }

  @Test
  void hasNoFieldThatKubernetesDoesNotKnow() throws IOException {
    JsonMapper strict =
        JsonMapper.builder().annotationIntrospector(new NoRoomForUnknownFields()).build();
    ObjectNode pod = printed();
    Pod read = strict.treeToValue(pod, Pod.class);
    assertThat(read.getSpec().getContainers()).hasSize(1);
    pod.withObject("/spec/securityContext").put("seccomp", "RuntimeDefault");
    assertThatThrownBy(() -> strict.treeToValue(pod, Pod.class))
        .hasMessageContaining("\"seccomp\"");
  }

  @Test
  void imageIsRunWithTheseRules() throws IOException {
    PodRules rules = new PodRules(printed().path("spec"));
    assertThat(rules.options()).isEqualTo(Images.ofAgents().options());
    assertThat(rules.user()).isEqualTo("0");
    assertThat(rules.mountPaths())
        .containsExactly("/etc/apiserver-vip", "/var/lib/apiserver-vip", "/tmp");
  }

  private ObjectNode printed() throws IOException {
    Path file = Files.writeString(dir.resolve("vip.yaml"), MANIFEST);
    String text =
        AgentCommandLine.printed(
            List.of("manifest", "static-pod", "--config", file.toString(), "--image", IMAGE));
    return (ObjectNode) yaml.readTree(text);
  }

  private static List<String> onlyIn(Map<String, String> one, Map<String, String> other) {
    return one.entrySet().stream()
        .filter(leaf -> !leaf.getValue().equals(other.get(leaf.getKey())))
        .map(leaf -> leaf.getKey() + "=" + leaf.getValue())
        .toList();
  }

  /** Every value by its path; entries of lists that have names by those. */
  private static Map<String, String> leaves(JsonNode tree) {
    Map<String, String> leaves = new TreeMap<>();
    collect("", tree, leaves);
    return leaves;
  }

  private static void collect(String path, JsonNode node, Map<String, String> leaves) {
    if (node.isObject()) {
      node.properties()
          .forEach(field -> collect(path + "/" + field.getKey(), field.getValue(), leaves));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(path + "/" + node.get(i).path("name").asText("" + i), node.get(i), leaves);
      }
    } else {
      leaves.put(path, node.asText());
    }
  }

  /** The models keep fields that they do not know; here those are faults. */
  private static final class NoRoomForUnknownFields extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated member) {
      return false;
    }
  }
}
