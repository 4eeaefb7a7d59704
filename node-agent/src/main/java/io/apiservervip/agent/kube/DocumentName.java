package io.apiservervip.agent.kube;

/**
 * Where the operator puts the document of one resource.
 *
 * @param namespace the operator's own
 * @param vip name of the resource
 */
public record DocumentName(String namespace, String vip) {
  /** Name of the ConfigMap or Secret. */
  String object() {
    return "apiserver-vip-" + vip;
  }

  /** Such as {@code apiserver-vip/apiserver-vip-control-plane}. */
  @Override
  public String toString() {
    return namespace + "/" + object();
  }
}
