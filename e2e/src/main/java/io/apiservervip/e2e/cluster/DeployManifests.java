package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.cluster.ApiCalls.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The manifests that an administrator installs, from the operator's sources. */
final class DeployManifests {
  private static final Path FOLDER = Path.of("../operator/src/main/kubernetes");

  /** In the order of kustomization.yaml. */
  private static final List<String> FILES =
      List.of("namespace.yaml", "agent-rbac.yaml", "agent-policy.yaml", "operator.yaml");

  private static final Map<String, String> PLURALS =
      Map.ofEntries(
          Map.entry("Namespace", "namespaces"),
          Map.entry("ServiceAccount", "serviceaccounts"),
          Map.entry("Role", "roles"),
          Map.entry("RoleBinding", "rolebindings"),
          Map.entry("ClusterRole", "clusterroles"),
          Map.entry("ClusterRoleBinding", "clusterrolebindings"),
          Map.entry("ValidatingAdmissionPolicy", "validatingadmissionpolicies"),
          Map.entry("ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings"),
          Map.entry("PodDisruptionBudget", "poddisruptionbudgets"),
          Map.entry("Deployment", "deployments"));

  private DeployManifests() {}

  /** Applies them all; every one must be taken as it stands. */
  static void install(ApiCalls api) throws IOException, InterruptedException {
    for (JsonNode object : objects()) {
      Answer answer = api.force(path(object), "kubectl", object.toString());
      if (answer.code() >= 300) {
        throw new IOException(path(object) + ": " + answer.message());
      }
    }
  }

  static List<JsonNode> objects() throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (String file : FILES) {
      for (String document : Files.readString(FOLDER.resolve(file)).split("(?m)^---$", -1)) {
        objects.add(Json.tree(document));
      }
    }
    return objects;
  }

  static String path(JsonNode object) {
    String apiVersion = object.path("apiVersion").asText();
    String namespace = object.at("/metadata/namespace").asText("");
    return (apiVersion.contains("/") ? "/apis/" : "/api/")
        + apiVersion
        + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
        + "/"
        + PLURALS.get(object.path("kind").asText())
        + "/"
        + object.at("/metadata/name").asText();
  }
}
