package io.apiservervip.api.v1alpha1;

/** What a fault adds to the priority; 0 or less. */
public record WeightSpec(int weight) {}
