package io.apiservervip.e2e.cluster;

import io.apiservervip.e2e.cluster.ApiCalls.Answer;
import java.io.IOException;
import java.util.List;

/** Objects that a cluster has before anybody installs anything. */
final class ClusterObjects {
  private ClusterObjects() {}

  /** A control-plane node with this InternalIP. */
  static void node(ApiCalls api, String name, String address)
      throws IOException, InterruptedException {
    api.force(
        "/api/v1/nodes/" + name,
        "test",
        "{apiVersion: v1, kind: Node, metadata: {name: %s, labels: {kubernetes.io/hostname: %s,"
                .formatted(name, name)
            + " node-role.kubernetes.io/control-plane: \"\"}}}");
    api.merge(
        "/api/v1/nodes/" + name + "/status",
        "{status: {addresses: [{type: InternalIP, address: %s}], conditions: [{type: Ready, status:"
                .formatted(address)
            + " \"True\"}]}}");
  }

  /** Endpoints of the Service kubernetes, as the API servers publish them. */
  static void apiServers(ApiCalls api, List<String> addresses)
      throws IOException, InterruptedException {
    api.force(
        "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes",
        "kube-apiserver",
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: kubernetes, labels: {kubernetes.io/service-name: kubernetes}}
        addressType: IPv4
        endpoints: [{addresses: [%s], conditions: {ready: true}}]
        ports: [{name: https, port: 6443}]
        """
            .formatted(String.join(", ", addresses)));
  }

  /**
   * A token of a service account of the installation.
   *
   * @param node that the token names; empty: none
   */
  static String token(ApiCalls api, String account, String node)
      throws IOException, InterruptedException {
    String bound =
        node.isEmpty()
            ? ""
            : "boundObjectRef: {kind: Node, apiVersion: v1, name: %s, uid: %s}"
                .formatted(
                    node, api.get("/api/v1/nodes/" + node).body().at("/metadata/uid").asText());
    Answer token =
        api.post(
            "/api/v1/namespaces/apiserver-vip/serviceaccounts/" + account + "/token",
            "{apiVersion: authentication.k8s.io/v1, kind: TokenRequest, spec: {%s}}"
                .formatted(bound));
    return token.body().at("/status/token").asText();
  }
}
