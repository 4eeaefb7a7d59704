package io.apiservervip.operator.model;

/** What is to be done with the endpoints of a Service. */
public sealed interface EndpointsDecision {

  /** They are to be written. */
  record Write(EndpointsPlan plan) implements EndpointsDecision {}

  /**
   * Nothing is written.
   *
   * @param reason why, a sentence
   */
  record Keep(String reason) implements EndpointsDecision {}
}
