package io.apiservervip.operator.model;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Service without selector, and who may stand behind it.
 *
 * @param clusterIp the wish of the resource; null: Kubernetes allocates one, which is then kept
 * @param port of the Service; its name is {@link #PORT_NAME}
 * @param candidates API servers, each once, without virtual addresses, clusterIPs, loopback and
 *     link-local ones; empty: none is known, so what was published last stays
 * @param blocked why the Service must not be written; null: it is to be
 */
public record ServicePlan(
    String namespace,
    String name,
    @Nullable InetAddress clusterIp,
    int port,
    List<ApiServer> candidates,
    @Nullable Refusal blocked) {

  /** Name of the Service's port, and of the ports of its endpoints. */
  public static final String PORT_NAME = "https";

  public ServicePlan {
    candidates = List.copyOf(candidates);
  }

  /** The Service is somebody else's: its endpoints are left alone too. */
  public boolean foreign() {
    return blocked != null && blocked.reason() == RefusalReason.FOREIGN_SERVICE;
  }
}
