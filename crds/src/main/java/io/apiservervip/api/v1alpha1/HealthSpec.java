package io.apiservervip.api.v1alpha1;

/** What lowers a node's priority; the worst counts, no sum. */
public record HealthSpec(WeightSpec localApiServer, WeightSpec noBackend) {}
