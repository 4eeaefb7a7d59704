package io.apiservervip.operator;

import java.util.List;

/**
 * What {@code operator run} was told.
 *
 * @param namespace the operator's own, where documents, agents and the Lease live
 * @param allowedImages globs of agent images that a resource may name
 * @param agentImage what agents run where a resource names no image
 * @param httpPort of /livez, /readyz and /metrics; 0: any free one
 */
public record RunOptions(
    String namespace, List<String> allowedImages, String agentImage, int httpPort) {
  public RunOptions {
    allowedImages = List.copyOf(allowedImages);
  }
}
