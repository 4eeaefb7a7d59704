package io.apiservervip.operator.model;

import java.util.List;

/**
 * The endpoints of a Service as they are to be published, in order of address, so that equal
 * content is equal. Slices of ours that are not among these are to be deleted after the others were
 * written.
 *
 * @param slices one a family and port; never none
 */
public record EndpointsPlan(String namespace, String service, List<SlicePlan> slices) {
  public EndpointsPlan {
    slices = List.copyOf(slices);
  }

  /** The addresses of the legacy Endpoints object, ready or not, in order. */
  public List<String> addresses() {
    return slices.stream()
        .flatMap(slice -> slice.endpoints().stream())
        .map(endpoint -> endpoint.address().getHostAddress())
        .toList();
  }
}
