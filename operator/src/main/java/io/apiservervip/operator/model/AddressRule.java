package io.apiservervip.operator.model;

import io.apiservervip.agentapi.IpPrefix;
import io.apiservervip.agentapi.VirtualAddressConfig;
import io.apiservervip.api.v1alpha1.ApiServerVipSpec;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which addresses cannot be virtual ones, because the cluster uses them otherwise. */
final class AddressRule {
  private static final String FIELD = "spec.addresses";

  private AddressRule() {}

  static @Nullable Refusal check(List<VirtualAddressConfig> virtual, ClusterView cluster) {
    for (VirtualAddressConfig address : virtual) {
      Refusal refusal = check(address.address(), cluster);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private static @Nullable Refusal check(InetAddress address, ClusterView cluster) {
    String shown = address.getHostAddress();
    for (NodeFacts node : cluster.nodes()) {
      if (node.internalIps().contains(address)) {
        return new Refusal(
            RefusalReason.ADDRESS_IS_A_NODES,
            FIELD,
            shown
                + " is an InternalIP of node "
                + node.name()
                + "; choose a free address, or set --node-ip of that node's kubelet if it took up"
                + " a virtual one");
      }
      for (IpPrefix range : node.podCidrs()) {
        if (range.contains(address)) {
          return inPods(shown, range);
        }
      }
    }
    for (IpPrefix range : cluster.ranges().pods()) {
      if (range.contains(address)) {
        return inPods(shown, range);
      }
    }
    return inServices(address, cluster);
  }

  private static Refusal inPods(String shown, IpPrefix range) {
    return new Refusal(
        RefusalReason.ADDRESS_IN_POD_RANGE,
        FIELD,
        shown + " is in the pod range " + range + "; choose a free address of the nodes' subnet");
  }

  private static @Nullable Refusal inServices(InetAddress address, ClusterView cluster) {
    String remedy =
        "; choose a free address of the nodes' subnet. An address for in-cluster clients goes to"
            + " spec.service.clusterIP";
    for (IpPrefix range : cluster.ranges().services()) {
      if (range.contains(address)) {
        return new Refusal(
            RefusalReason.ADDRESS_IN_SERVICE_RANGE,
            FIELD,
            address.getHostAddress() + " is in the service range " + range + remedy);
      }
    }
    for (ServiceFacts service : cluster.services()) {
      if (service.clusterIps().contains(address)) {
        return new Refusal(
            RefusalReason.ADDRESS_IN_SERVICE_RANGE,
            FIELD,
            address.getHostAddress()
                + " is the clusterIP of Service "
                + service.fullName()
                + remedy);
      }
    }
    return null;
  }

  /** What stands against the clusterIP that the resource asks for; null: nothing. */
  static @Nullable Refusal checkClusterIp(
      ApiServerVipSpec spec, @Nullable InetAddress clusterIp, ClusterView cluster) {
    if (clusterIp == null) {
      return null;
    }
    String field = "spec.service.clusterIP";
    String own = spec.service().namespace() + "/" + spec.service().name();
    for (ServiceFacts service : cluster.services()) {
      if (service.clusterIps().contains(clusterIp) && !service.fullName().equals(own)) {
        return new Refusal(
            RefusalReason.CLUSTER_IP_TAKEN,
            field,
            clusterIp.getHostAddress()
                + " is the clusterIP of Service "
                + service.fullName()
                + "; choose a free one, or remove the field and Kubernetes allocates one");
      }
    }
    List<IpPrefix> ranges = cluster.ranges().services();
    boolean inside =
        ranges.isEmpty() || ranges.stream().anyMatch(range -> range.contains(clusterIp));
    return inside
        ? null
        : new Refusal(
            RefusalReason.CLUSTER_IP_OUT_OF_RANGE,
            field,
            clusterIp.getHostAddress()
                + " is not in the service range "
                + ranges.getFirst()
                + "; choose a free one there, or remove the field and Kubernetes allocates one");
  }
}
