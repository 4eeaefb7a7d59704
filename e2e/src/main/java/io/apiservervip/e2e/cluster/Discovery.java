package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a server says of the kinds that it serves: groups, versions, names. kubectl and Helm ask
 * before anything else. Kubernetes' own kinds are those that an installation is made of and that
 * the documents look at; the others come from the definitions.
 */
final class Discovery {
  private static final List<Served> BUILT_IN =
      Stream.of(
              "/v1 namespaces Namespace ns",
              "/v1 nodes Node no",
              "/v1 pods Pod po namespaced",
              "/v1 services Service svc namespaced",
              "/v1 endpoints Endpoints ep namespaced",
              "/v1 events Event ev namespaced",
              "/v1 secrets Secret secret namespaced",
              "/v1 configmaps ConfigMap cm namespaced",
              "/v1 serviceaccounts ServiceAccount sa namespaced",
              "apps/v1 deployments Deployment deploy namespaced",
              "apps/v1 daemonsets DaemonSet ds namespaced",
              "policy/v1 poddisruptionbudgets PodDisruptionBudget pdb namespaced",
              "rbac.authorization.k8s.io/v1 clusterroles ClusterRole clusterrole",
              "rbac.authorization.k8s.io/v1 clusterrolebindings ClusterRoleBinding crb",
              "rbac.authorization.k8s.io/v1 roles Role role namespaced",
              "rbac.authorization.k8s.io/v1 rolebindings RoleBinding rb namespaced",
              "admissionregistration.k8s.io/v1 validatingadmissionpolicies"
                  + " ValidatingAdmissionPolicy vap",
              "admissionregistration.k8s.io/v1 validatingadmissionpolicybindings"
                  + " ValidatingAdmissionPolicyBinding vapb",
              "apiextensions.k8s.io/v1 customresourcedefinitions CustomResourceDefinition crd",
              "coordination.k8s.io/v1 leases Lease lease namespaced",
              "discovery.k8s.io/v1 endpointslices EndpointSlice eps namespaced")
          .map(Served::of)
          .toList();

  private final List<Served> kinds;

  private Discovery(List<Served> kinds) {
    this.kinds = kinds;
  }

  /** With the kinds that these definitions make. */
  static Discovery with(JsonNode definitions) {
    return new Discovery(
        Stream.concat(BUILT_IN.stream(), definitions.valueStream().map(Served::defined)).toList());
  }

  /** The answer to a path without object, such as /apis or /apis/apps/v1. */
  Optional<ObjectNode> answer(String path) {
    String[] parts = path.split("/", -1);
    return switch (parts.length) {
      case 2 -> Optional.of(parts[1].equals("api") ? versions() : groups());
      case 3 -> parts[1].equals("api") ? resources("", parts[2]) : Optional.empty();
      case 4 -> parts[1].equals("apis") ? resources(parts[2], parts[3]) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static ObjectNode versions() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("kind", "APIVersions");
    answer.putArray("versions").add("v1");
    return answer;
  }

  private ObjectNode groups() {
    ObjectNode answer =
        JsonNodeFactory.instance.objectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = answer.putArray("groups");
    kinds.stream()
        .filter(kind -> !kind.group().isEmpty())
        .map(Served::groupVersion)
        .distinct()
        .forEach(version -> group(groups.addObject(), version));
    return answer;
  }

  private static void group(ObjectNode group, String groupVersion) {
    String[] sides = groupVersion.split("/", 2);
    group.put("name", sides[0]);
    group.putArray("versions").add(version(sides));
    group.set("preferredVersion", version(sides));
  }

  private static ObjectNode version(String[] sides) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("groupVersion", sides[0] + "/" + sides[1])
        .put("version", sides[1]);
  }

  private Optional<ObjectNode> resources(String group, String version) {
    List<Served> here =
        kinds.stream()
            .filter(kind -> kind.group().equals(group) && kind.version().equals(version))
            .toList();
    if (here.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "APIResourceList")
            .put("apiVersion", "v1")
            .put("groupVersion", here.getFirst().groupVersion());
    ArrayNode resources = answer.putArray("resources");
    here.forEach(kind -> kind.tell(resources.addObject()));
    return Optional.of(answer);
  }

  private record Served(
      String group,
      String version,
      String plural,
      String kind,
      String shortName,
      boolean namespaced) {
    private static final List<String> VERBS =
        List.of("create", "delete", "get", "list", "patch", "update", "watch");

    static Served of(String line) {
      String[] words = line.split("[ /]", -1);
      return new Served(words[0], words[1], words[2], words[3], words[4], words.length > 5);
    }

    static Served defined(JsonNode definition) {
      JsonNode names = definition.at("/spec/names");
      return new Served(
          definition.at("/spec/group").asText(),
          definition.at("/spec/versions/0/name").asText(),
          names.path("plural").asText(),
          names.path("kind").asText(),
          names.at("/shortNames/0").asText(),
          definition.at("/spec/scope").asText().equals("Namespaced"));
    }

    String groupVersion() {
      return group.isEmpty() ? version : group + "/" + version;
    }

    void tell(ObjectNode resource) {
      resource
          .put("name", plural)
          .put("singularName", kind.toLowerCase(Locale.ROOT))
          .put("kind", kind)
          .put("namespaced", namespaced);
      VERBS.forEach(resource.withArrayProperty("verbs")::add);
      resource.putArray("shortNames").add(shortName);
    }
  }
}
