package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.cluster.ApiCalls.Answer;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.assertj.core.api.Assertions;

/** Writes what the controller of DaemonSets and the kubelets would: neither runs in these tests. */
final class AgentPodsByHand {
  private static final String PODS = "/api/v1/namespaces/apiserver-vip/pods/";

  private final OperatorStage stage;
  private final String vip;

  AgentPodsByHand(OperatorStage stage, String vip) {
    this.stage = stage;
    this.vip = vip;
  }

  /** The controller has seen the DaemonSet as it stands and wants three pods of it. */
  JsonNode wanted() throws IOException, InterruptedException {
    JsonNode set = stage.await(OperatorStage.DAEMON_SETS + vip, "there", object -> true);
    taken(
        stage
            .api()
            .merge(
                OperatorStage.DAEMON_SETS + vip + "/status",
                """
                {status: {observedGeneration: %d, desiredNumberScheduled: 3, currentNumberScheduled: 0,
                  numberMisscheduled: 0, numberReady: 0}}
                """
                    .formatted(set.at("/metadata/generation").asInt())));
    return set;
  }

  /** Makes a pod of the template as it stands; its kubelet says nothing yet. */
  void make(String node) throws IOException, InterruptedException {
    JsonNode set = stage.await(OperatorStage.DAEMON_SETS + vip, "there", object -> true);
    taken(
        stage
            .api()
            .post(
                PODS.substring(0, PODS.length() - 1),
                """
                {apiVersion: v1, kind: Pod,
                 metadata: {name: %s, namespace: apiserver-vip, labels: %s},
                 spec: {nodeName: %s, terminationGracePeriodSeconds: 0,
                   containers: [{name: node-agent, image: "example/agent:1"}]}}
                """
                    .formatted(name(node), set.at("/spec/template/metadata/labels"), node)));
  }

  void ready(String node, Instant begun) throws IOException, InterruptedException {
    status(
        node,
        """
        {status: {phase: Running, conditions: [{type: Ready, status: "True", lastTransitionTime: "%1$s"}],
          containerStatuses: [{name: node-agent, image: i, imageID: i, ready: true, restartCount: 0,
            state: {running: {startedAt: "%1$s"}}}]}}
        """
            .formatted(begun.truncatedTo(ChronoUnit.SECONDS)));
  }

  void waiting(String node, String reason, String message)
      throws IOException, InterruptedException {
    status(
        node,
        """
        {status: {phase: Pending, conditions: [{type: Ready, status: "False", lastTransitionTime: "%s"}],
          containerStatuses: [{name: node-agent, image: i, imageID: "", ready: false, restartCount: 0,
            state: {waiting: {reason: %s, message: %s}}}]}}
        """
            .formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS), reason, message));
  }

  /** Whether the pod of the node is there and is not being deleted. */
  boolean stands(String node) throws IOException, InterruptedException {
    Answer answer = stage.api().get(PODS + name(node));
    return answer.code() == 200 && answer.body().at("/metadata/deletionTimestamp").isMissingNode();
  }

  /** Ends those of all nodes, as the kubelets would. */
  void end() throws IOException, InterruptedException {
    for (String node : new String[] {"cp-1", "cp-2", "cp-3"}) {
      gone(node);
    }
  }

  void gone(String node) throws IOException, InterruptedException {
    stage
        .api()
        .send(
            "DELETE",
            PODS + name(node),
            "application/json",
            "{\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\",\"gracePeriodSeconds\":0}");
    stage.awaitGone(PODS + name(node));
  }

  private void status(String node, String status) throws IOException, InterruptedException {
    taken(stage.api().merge(PODS + name(node) + "/status", status));
  }

  private String name(String node) {
    return "apiserver-vip-" + vip + "-" + node;
  }

  private static void taken(Answer answer) {
    Assertions.assertThat(answer.code()).as(answer.message()).isIn(200, 201);
  }
}
