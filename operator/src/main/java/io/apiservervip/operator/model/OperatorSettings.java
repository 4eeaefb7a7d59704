package io.apiservervip.operator.model;

import java.util.List;

/**
 * How the operator itself was started.
 *
 * @param namespace where Secrets are read and agents run
 * @param defaultImage the agent's image that this operator was released with; always allowed
 * @param allowedImages globs of further images, in which {@code *} stands for any text; empty: none
 */
public record OperatorSettings(String namespace, String defaultImage, List<String> allowedImages) {
  public OperatorSettings {
    allowedImages = List.copyOf(allowedImages);
  }
}
