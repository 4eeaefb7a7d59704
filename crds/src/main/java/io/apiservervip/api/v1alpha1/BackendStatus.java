package io.apiservervip.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/** What one agent's checks say of an API server. */
public record BackendStatus(
    String address, @Nullable BackendState state, @Nullable String lastError) {}
