package io.apiservervip.operator;

/** The agent's image that this operator was released with. */
final class AgentImage {
  private static final String REPOSITORY = "ghcr.io/apiserver-vip/node-agent";

  private AgentImage() {}

  static String ofThisRelease() {
    return REPOSITORY + ":" + ProgramVersion.text();
  }
}
