package io.apiservervip.agentapi;

/**
 * What lowers a node's priority; the worst weight counts, there is no sum.
 *
 * @param localApiServerWeight -253..0, while the API server of the node fails its check
 * @param noBackendWeight -253..0, while the agent reaches no API server at all
 */
public record HealthConfig(int localApiServerWeight, int noBackendWeight) {
  public HealthConfig {
    Require.range("health.localApiServer.weight", localApiServerWeight, -253, 0);
    Require.range("health.noBackend.weight", noBackendWeight, -253, 0);
  }
}
