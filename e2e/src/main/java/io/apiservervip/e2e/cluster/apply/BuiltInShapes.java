package io.apiservervip.e2e.cluster.apply;

import io.apiservervip.e2e.cluster.apply.Shape.Atomic;
import io.apiservervip.e2e.cluster.apply.Shape.Granular;
import io.apiservervip.e2e.cluster.apply.Shape.KeyedBy;
import io.apiservervip.e2e.cluster.apply.Shape.ValueSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lists and maps of Kubernetes' own kinds, as far as operator and agents write them; told by
 * the field's name, which is enough there. Source: the listType markers of k8s.io/api.
 */
public final class BuiltInShapes implements Shapes {
  private static final Map<String, Shape> LISTS =
      Map.ofEntries(
          Map.entry("containers", new KeyedBy(List.of("name"))),
          Map.entry("initContainers", new KeyedBy(List.of("name"))),
          Map.entry("env", new KeyedBy(List.of("name"))),
          Map.entry("volumes", new KeyedBy(List.of("name"))),
          Map.entry("imagePullSecrets", new KeyedBy(List.of("name"))),
          Map.entry("volumeMounts", new KeyedBy(List.of("mountPath"))),
          Map.entry("conditions", new KeyedBy(List.of("type"))),
          Map.entry("ownerReferences", new KeyedBy(List.of("uid"))),
          Map.entry("finalizers", new ValueSet()));

  private static final Set<String> ATOMIC_MAPS =
      Set.of("selector", "nodeSelector", "fieldRef", "secretKeyRef", "configMapKeyRef");

  @Override
  public Shape at(List<String> names, boolean list) {
    String last = names.getLast();
    if (!list) {
      return ATOMIC_MAPS.contains(last) ? new Atomic() : new Granular();
    }
    if (last.equals("ports")) {
      return ports(names);
    }
    return LISTS.getOrDefault(last, new Atomic());
  }

  private static Shape ports(List<String> names) {
    if (names.contains("containers") || names.contains("initContainers")) {
      return new KeyedBy(List.of("containerPort", "protocol"));
    }
    return names.equals(List.of("spec", "ports"))
        ? new KeyedBy(List.of("port", "protocol"))
        : new Atomic();
  }
}
