package io.apiservervip.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/** One toleration, as in a pod. */
public record TolerationSpec(
    @Nullable String key,
    @Nullable TolerationOperator operator,
    @Nullable String value,
    @Nullable TaintEffect effect,
    @Nullable Long tolerationSeconds) {}
