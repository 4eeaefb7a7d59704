package io.apiservervip.operator.model;

/** Why a resource cannot be carried out; its text is the reason of the condition Accepted. */
public enum RefusalReason {
  INVALID_SPEC("InvalidSpec"),
  NOT_IMPLEMENTED("NotImplemented"),
  CONFLICT("Conflict"),
  IMAGE_NOT_ALLOWED("ImageNotAllowed"),
  SECRET_MISSING("SecretMissing"),
  SECRET_INVALID("SecretInvalid"),
  NO_NODE_MATCHES("NoNodeMatches"),
  NO_MEMBER_ADDRESS("NoMemberAddress"),
  ADDRESS_IS_A_NODES("AddressIsANodes"),
  ADDRESS_IN_POD_RANGE("AddressInPodRange"),
  ADDRESS_IN_SERVICE_RANGE("AddressInServiceRange"),
  CLUSTER_IP_TAKEN("ClusterIpTaken"),
  CLUSTER_IP_OUT_OF_RANGE("ClusterIpOutOfRange"),

  /** Of the Service alone: it has another clusterIP, which Kubernetes lets nobody change. */
  CLUSTER_IP_IMMUTABLE("ClusterIpImmutable"),

  /** Of the Service alone: somebody else made one of that name. */
  FOREIGN_SERVICE("ForeignService");

  private final String text;

  RefusalReason(String text) {
    this.text = text;
  }

  /** CamelCase, as conditions have it. */
  public String text() {
    return text;
  }
}
