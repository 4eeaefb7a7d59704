package io.apiservervip.operator.model;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One EndpointSlice of ours, and one subset of the legacy Endpoints.
 *
 * @param name the same for the same Service, family and port
 * @param family IPv4 or IPv6, the slice's addressType
 * @param endpoints 1..1000, in order of address
 */
public record SlicePlan(String name, Family family, int port, List<Endpoint> endpoints) {

  /** The label that says which controller a slice belongs to. */
  public static final String MANAGED_BY_LABEL = "endpointslice.kubernetes.io/managed-by";

  /** The value of that label on our slices. */
  public static final String MANAGED_BY = "apiservervip.io";

  /** Of a slice's addresses. */
  public enum Family {
    IPV4("IPv4"),
    IPV6("IPv6");

    private final String text;

    Family(String text) {
      this.text = text;
    }

    /** As the slice's addressType has it. */
    public String text() {
      return text;
    }
  }

  /**
   * One API server.
   *
   * @param ready conditions ready and serving alike; terminating is always false
   */
  public record Endpoint(InetAddress address, @Nullable String node, boolean ready) {}

  public SlicePlan {
    endpoints = List.copyOf(endpoints);
  }
}
