package io.apiservervip.operator.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * The resource as the client carries it: trees, which the strict reader judges. Binding to records
 * is the reader's task, so that no bad resource can stop the watch of the others.
 */
@Group("apiservervip.io")
@Version("v1alpha1")
@Kind("ApiServerVip")
@Plural("apiservervips")
@SuppressWarnings("serial") // never serialized by Java
public final class ApiServerVipResource extends CustomResource<ObjectNode, ObjectNode> {

  @Override
  @SuppressWarnings("NullAway") // absent until it is read
  protected ObjectNode initSpec() {
    return null;
  }

  @Override
  @SuppressWarnings("NullAway") // absent until it is read
  protected ObjectNode initStatus() {
    return null;
  }
}
