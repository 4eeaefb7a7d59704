package io.apiservervip.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.function.UnaryOperator;

/**
 * The store of an informer that keeps of each object what is read later. A Node has some 20 KB,
 * most of it names of images; of the Services of a cluster only the addresses are of interest.
 */
final class LeanStore<T extends HasMetadata> extends BasicItemStore<T> {
  private final UnaryOperator<T> trim;

  private LeanStore(UnaryOperator<T> trim) {
    super(Cache::metaNamespaceKeyFunc);
    this.trim = trim;
  }

  static LeanStore<Node> nodes() {
    return new LeanStore<>(LeanStore::trim);
  }

  static LeanStore<Service> services() {
    return new LeanStore<>(LeanStore::trim);
  }

  @Override
  public T put(String key, T item) {
    return super.put(key, trim.apply(item));
  }

  static Node trim(Node node) {
    NodeBuilder lean = new NodeBuilder().withMetadata(trim(node.getMetadata()));
    if (node.getSpec() != null) {
      lean.withNewSpec()
          .withUnschedulable(node.getSpec().getUnschedulable())
          .withPodCIDRs(node.getSpec().getPodCIDRs())
          .endSpec();
    }
    if (node.getStatus() != null) {
      lean.withNewStatus().withAddresses(node.getStatus().getAddresses()).endStatus();
    }
    return lean.build();
  }

  /** What is ours stays whole: it is compared with what it should be. */
  static Service trim(Service service) {
    if (Owner.vipOf(service) != null) {
      return service;
    }
    ServiceBuilder lean = new ServiceBuilder().withMetadata(trim(service.getMetadata()));
    if (service.getSpec() != null) {
      lean.withNewSpec().withClusterIPs(service.getSpec().getClusterIPs()).endSpec();
    }
    return lean.build();
  }

  private static ObjectMeta trim(ObjectMeta meta) {
    return new ObjectMetaBuilder()
        .withName(meta.getName())
        .withNamespace(meta.getNamespace())
        .withUid(meta.getUid())
        .withResourceVersion(meta.getResourceVersion())
        .withCreationTimestamp(meta.getCreationTimestamp())
        .withLabels(meta.getLabels())
        .withAnnotations(ClusterFacts.ours(ClusterFacts.orEmpty(meta.getAnnotations())))
        .build();
  }
}
