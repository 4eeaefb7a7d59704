package io.apiservervip.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/** A proxy on the loopback of every node. */
public record NodeLocalSpec(
    boolean enabled,
    String address,
    int port,
    NodeSelectorSpec nodeSelector,
    Algorithm algorithm,
    @Nullable String hostsEntry) {}
