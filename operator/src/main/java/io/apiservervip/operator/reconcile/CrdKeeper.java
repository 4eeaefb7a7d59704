package io.apiservervip.operator.reconcile;

import io.apiservervip.agentapi.VipSchema;
import io.apiservervip.api.v1alpha1.ApiServerVip;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the CRD that this build carries in the cluster: applies it, and hears when somebody deleted
 * it. Concerns that one name alone.
 */
public final class CrdKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CrdKeeper.class);

  private final SharedIndexInformer<CustomResourceDefinition> informer;

  private CrdKeeper(SharedIndexInformer<CustomResourceDefinition> informer) {
    this.informer = informer;
  }

  /**
   * Applies it, and watches it from then on.
   *
   * @param gone called after it was deleted; returns at once
   */
  public static CrdKeeper begin(KubernetesClient client, Runnable gone) {
    CustomResourceDefinition crd =
        client
            .getKubernetesSerialization()
            .unmarshal(VipSchema.crdYaml(), CustomResourceDefinition.class);
    try {
      client.resource(crd).fieldManager(Names.FIELD_MANAGER).forceConflicts().serverSideApply();
    } catch (KubernetesClientException e) {
      throw Refusals.isForbidden(e)
          ? new IllegalStateException("the definition cannot be applied: " + Refusals.words(e), e)
          : e;
    }
    return new CrdKeeper(client.resource(crd).inform(new Watch(gone)));
  }

  @Override
  public void close() {
    informer.close();
  }

  private record Watch(Runnable gone) implements ResourceEventHandler<CustomResourceDefinition> {
    @Override
    public void onAdd(CustomResourceDefinition crd) {
      if (leaves(crd)) {
        tell(crd, "the definition is being deleted; it waits until its last resource has gone");
      }
    }

    @Override
    public void onUpdate(CustomResourceDefinition before, CustomResourceDefinition now) {
      if (!leaves(before)) {
        onAdd(now);
      }
    }

    @Override
    public void onDelete(CustomResourceDefinition crd, boolean finalStateUnknown) {
      tell(crd, "the definition was deleted, it is applied again");
      gone.run();
    }

    private static boolean leaves(CustomResourceDefinition crd) {
      return crd.getMetadata().getDeletionTimestamp() != null;
    }

    private static void tell(CustomResourceDefinition crd, String what) {
      LOG.atWarn()
          .addKeyValue("name", crd.getMetadata().getName())
          .addKeyValue("kind", ApiServerVip.KIND)
          .log(what);
    }
  }
}
