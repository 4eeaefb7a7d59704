package io.apiservervip.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/** What one agent hears of another. */
public record PeerStatus(String node, @Nullable Boolean heard, @Nullable String lastHeard) {}
