package io.apiservervip.operator.reconcile;

/** Names, labels and annotations of what the operator makes. */
public final class Names {
  /** Names the resource that an object was made for; how objects are found again. */
  static final String VIP_LABEL = "apiservervip.io/vip";

  /** Of the operator on its resources. */
  public static final String FINALIZER = "apiservervip.io/cleanup";

  /** Allows the deletion of a resource that is Ready: "true" or the resource's name. */
  static final String CONFIRM_DELETE = "apiservervip.io/confirm-delete";

  /** What the template of a pod was when it was made; tells old pods from new ones. */
  static final String TEMPLATE = "apiservervip.io/template";

  /** The digest of what was applied last: tells a changed wish from an edit by hand. */
  static final String APPLIED = "apiservervip.io/applied";

  /** Key of the document in its ConfigMap or Secret. */
  static final String DOCUMENT_KEY = "config.yaml";

  /** Under which the operator writes everything. */
  public static final String FIELD_MANAGER = "apiserver-vip-operator";

  private Names() {}

  /** Of the document and the DaemonSet of a resource. */
  static String agents(String vip) {
    return "apiserver-vip-" + vip;
  }
}
