package io.apiservervip.operator.model;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Service of the cluster.
 *
 * @param clusterIps none for a headless one
 * @param vip name of the resource that it was made for, by our label {@code apiservervip.io/vip};
 *     null: it is not ours
 */
public record ServiceFacts(
    String namespace, String name, List<InetAddress> clusterIps, @Nullable String vip) {
  public ServiceFacts {
    clusterIps = List.copyOf(clusterIps);
  }

  /** As a message names it. */
  public String fullName() {
    return namespace + "/" + name;
  }
}
