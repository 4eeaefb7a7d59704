package io.apiservervip.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/** One condition. */
public record ConditionStatusEntry(
    String type,
    ConditionStatus status,
    @Nullable Long observedGeneration,
    String lastTransitionTime,
    String reason,
    String message) {}
