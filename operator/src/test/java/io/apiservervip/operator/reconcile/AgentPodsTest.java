package io.apiservervip.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Statuses as kubelet and scheduler of Kubernetes 1.32 write them. */
class AgentPodsTest {
  @Test
  void anImageThatCannotBePulledIsTroubleThatLasts() {
    AgentPod pod =
        pod(
            """
            conditions: [{type: Ready, status: "False", reason: ContainersNotReady}]
            containerStatuses:
              - {ready: false, restartCount: 0, state: {waiting: {reason: ErrImagePull, message: 'rpc error: not found'}}}
            """);

    assertThat(pod.trouble().words()).isEqualTo("ErrImagePull: rpc error: not found");
    assertThat(pod.trouble().lasting()).isTrue();
    assertThat(pod.begun()).isNull();
  }

  @Test
  void aContainerThatIsBeingMadeIsNone() {
    AgentPod pod =
        pod(
            """
            containerStatuses: [{ready: false, restartCount: 0, state: {waiting: {reason: ContainerCreating}}}]
            """);

    assertThat(pod.trouble().words()).isEqualTo("ContainerCreating");
    assertThat(pod.trouble().lasting()).isFalse();
  }

  @Test
  void oneThatEndsAgainAndAgainSaysHowAlsoWhileItRunsOnceMore() {
    String ended = "{terminated: {exitCode: 1, reason: Error, message: \"no interface\\nbond0\"}}";
    String back = "{waiting: {reason: CrashLoopBackOff, message: back-off 10s}}";
    for (String now : new String[] {back, "{running: {startedAt: \"2026-11-20T22:30:00Z\"}}"}) {
      AgentPod pod =
          pod(
              """
              containerStatuses: [{ready: false, restartCount: 3, state: %s, lastState: %s}]
              """
                  .formatted(now, ended));

      assertThat(pod.trouble().words())
          .isEqualTo("Ended: exit code 1 (Error), restarted 3 times: no interface bond0");
      assertThat(pod.trouble().remedy()).contains("kubectl logs");
    }
  }

  @Test
  void oneThatNoNodeTakesIsKnownByTheNodeItBelongsTo() {
    AgentPod pod =
        pod(
            """
            conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: "0/3 nodes are available: 1 Insufficient memory"}]
            """);

    assertThat(pod.node()).isEqualTo("cp-2");
    assertThat(pod.trouble().words())
        .isEqualTo("Unschedulable: 0/3 nodes are available: 1 Insufficient memory");
    assertThat(pod.trouble().remedy()).contains("spec.tolerations");
  }

  @Test
  void oneThatTheKubeletRefusesSaysWhy() {
    AgentPod pod = pod("{phase: Failed, reason: OutOfmemory, message: Node did not have enough}");

    assertThat(pod.trouble().words()).isEqualTo("Failed OutOfmemory: Node did not have enough");
    assertThat(pod.trouble().lasting()).isTrue();
  }

  @Test
  void aPodThatIsReadyHasNoTroubleAndBeganWhenItsContainerDid() {
    AgentPod pod =
        pod(
            """
            conditions: [{type: Ready, status: "True", lastTransitionTime: "2026-11-20T22:30:05Z"}]
            containerStatuses:
              - {ready: true, restartCount: 1, state: {running: {startedAt: "2026-11-20T22:30:00Z"}}, lastState: {terminated: {exitCode: 137}}}
            """);

    assertThat(pod.ready()).isTrue();
    assertThat(pod.begun()).isEqualTo(Instant.parse("2026-11-20T22:30:00Z"));
    assertThat(pod.trouble()).isEqualTo(PodTrouble.NONE);
  }

  private static AgentPod pod(String status) {
    return AgentPods.of(
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: apiserver-vip-door-x, namespace: apiserver-vip, uid: u}
                spec:
                  containers: []
                  affinity:
                    nodeAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                        nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [cp-2]}]}]
                status:
                """
                    + status.indent(2),
                Pod.class));
  }
}
