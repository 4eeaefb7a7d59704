package io.apiservervip.operator.reconcile;

import io.apiservervip.api.v1alpha1.ApiServerVip;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The resource that objects are made for, and the marks that they bear because of it. */
record Owner(String name, String uid) {
  static Owner of(HasMetadata vip) {
    return new Owner(vip.getMetadata().getName(), vip.getMetadata().getUid());
  }

  /** Metadata of an object of this resource. */
  ObjectMeta meta(String namespace, String objectName) {
    return new ObjectMetaBuilder()
        .withNamespace(namespace)
        .withName(objectName)
        .withLabels(labels())
        .withOwnerReferences(reference())
        .build();
  }

  Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>();
    labels.put("app.kubernetes.io/name", "apiserver-vip");
    labels.put("app.kubernetes.io/managed-by", Names.FIELD_MANAGER);
    labels.put("app.kubernetes.io/instance", name);
    labels.put(Names.VIP_LABEL, name);
    return labels;
  }

  /** Whether the object was made for this resource; any other is never touched. */
  boolean owns(HasMetadata object) {
    return name.equals(vipOf(object));
  }

  /** The resource that an object was made for; null: none of ours. */
  static @Nullable String vipOf(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? null : labels.get(Names.VIP_LABEL);
  }

  private OwnerReference reference() {
    return new OwnerReferenceBuilder()
        .withApiVersion(ApiServerVip.API_VERSION)
        .withKind(ApiServerVip.KIND)
        .withName(name)
        .withUid(uid)
        .withController(true)
        .build();
  }
}
