package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.cluster.ApiCalls.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The plain manifests that an administrator installs; a test holds them equal to the chart. */
final class DeployManifests {
  private static final Path REPOSITORY = Path.of("..");
  private static final String FILE = "helm/manifests/apiserver-vip.yaml";

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
    install(api, REPOSITORY);
  }

  /** The same for who runs elsewhere than in a module of the repository. */
  static void install(ApiCalls api, Path repository) throws IOException, InterruptedException {
    for (JsonNode object : objects(repository)) {
      Answer answer = api.force(path(object), "kubectl", object.toString());
      if (answer.code() >= 300) {
        throw new IOException(path(object) + ": " + answer.message());
      }
    }
  }

  /** Where the objects are on the server, in the order of the file. */
  static List<String> paths(Path repository) throws IOException {
    return objects(repository).stream().map(DeployManifests::path).toList();
  }

  /** In the order of the file, without the definition: {@link KnownKind} waits for that one. */
  private static List<JsonNode> objects(Path repository) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (String document : Files.readString(repository.resolve(FILE)).split("(?m)^---$", -1)) {
      JsonNode object = Json.tree(document);
      if (object.isObject() && !object.path("kind").asText().equals("CustomResourceDefinition")) {
        objects.add(object);
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
