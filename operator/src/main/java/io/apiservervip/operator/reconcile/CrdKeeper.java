package io.apiservervip.operator.reconcile;

import io.apiservervip.agentapi.VipSchema;
import io.apiservervip.api.v1alpha1.ApiServerVip;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
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
    client.resource(crd).fieldManager(Names.FIELD_MANAGER).forceConflicts().serverSideApply();
    return new CrdKeeper(client.resource(crd).inform(new Watch(gone)));
  }

  @Override
  public void close() {
    informer.close();
  }

  private record Watch(Runnable gone) implements ResourceEventHandler<CustomResourceDefinition> {
    @Override
    public void onAdd(CustomResourceDefinition crd) {}

    @Override
    public void onUpdate(CustomResourceDefinition before, CustomResourceDefinition now) {}

    @Override
    public void onDelete(CustomResourceDefinition crd, boolean finalStateUnknown) {
      LOG.atWarn()
          .addKeyValue("name", crd.getMetadata().getName())
          .addKeyValue("kind", ApiServerVip.KIND)
          .log("the definition was deleted, it is applied again");
      gone.run();
    }
  }
}
