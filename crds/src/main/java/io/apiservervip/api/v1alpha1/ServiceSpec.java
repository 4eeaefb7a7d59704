package io.apiservervip.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/** The in-cluster way: a Service without selector. */
public record ServiceSpec(
    boolean enabled, String name, String namespace, @Nullable String clusterIP, int port) {}
