package io.apiservervip.agentapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apiservervip.api.v1alpha1.ApiServerVip;
import java.util.Set;
import java.util.TreeSet;

/**
 * A resource as it was read, with what the user wrote apart from the defaults.
 *
 * @param written paths of the fields of spec that the user wrote, two levels deep, such as {@code
 *     spec.vrrp} and {@code spec.vrrp.preempt}
 */
public record Manifest(ApiServerVip vip, Set<String> written) {
  public Manifest {
    written = Set.copyOf(written);
  }

  static Set<String> written(ObjectNode spec) {
    Set<String> paths = new TreeSet<>();
    spec.properties()
        .forEach(
            field -> {
              String path = "spec." + field.getKey();
              paths.add(path);
              field.getValue().fieldNames().forEachRemaining(name -> paths.add(path + "." + name));
            });
    return paths;
  }
}
