package io.apiservervip.e2e.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a pod's manifest allows its first container, as options of {@code ctr run}. A volume at /tmp
 * forbids to run programs there: a node may be set up that way.
 */
record PodRules(JsonNode pod) {
  /** What containerd grants by itself. */
  private static final List<String> GRANTED =
      List.of(
          "CHOWN",
          "DAC_OVERRIDE",
          "FSETID",
          "FOWNER",
          "MKNOD",
          "NET_RAW",
          "SETGID",
          "SETUID",
          "SETFCAP",
          "SETPCAP",
          "NET_BIND_SERVICE",
          "SYS_CHROOT",
          "KILL",
          "AUDIT_WRITE");

  List<String> options() {
    require(container().at("/securityContext/capabilities/drop/0").asText().equals("ALL"));
    require(pod.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault"));
    require(container().at("/securityContext/readOnlyRootFilesystem").asBoolean());
    require(!container().at("/securityContext/allowPrivilegeEscalation").asBoolean(true));
    require(!container().at("/securityContext/privileged").asBoolean());
    List<String> options = new ArrayList<>(List.of("--seccomp", "--read-only"));
    List<String> added = added();
    added.stream()
        .filter(capability -> !GRANTED.contains(capability))
        .forEach(capability -> options.addAll(List.of("--cap-add", "CAP_" + capability)));
    GRANTED.stream()
        .filter(capability -> !added.contains(capability))
        .forEach(capability -> options.addAll(List.of("--cap-drop", "CAP_" + capability)));
    options.add("--mount");
    options.add("type=tmpfs,src=tmpfs,dst=/tmp,options=nosuid:nodev:noexec:mode=1777:size=16m");
    return options;
  }

  /** The user and group that the manifest names. */
  String user() {
    JsonNode own = container().at("/securityContext/runAsUser");
    return (own.isMissingNode() ? pod.at("/securityContext/runAsUser") : own).asText();
  }

  /** Names of the container's volumes, by where they are mounted. */
  Stream<String> mountPaths() {
    return container().path("volumeMounts").findValuesAsText("mountPath").stream();
  }

  private JsonNode container() {
    return pod.at("/containers/0");
  }

  private List<String> added() {
    return StreamSupport.stream(
            container().at("/securityContext/capabilities/add").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private static void require(boolean asExpected) {
    if (!asExpected) {
      throw new IllegalStateException("the manifest has other rules than these options stand for");
    }
  }
}
