package io.apiservervip.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/** One API server, by hand. */
public record StaticBackendSpec(String address, @Nullable Integer port, int weight) {}
