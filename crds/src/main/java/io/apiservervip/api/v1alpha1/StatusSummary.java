package io.apiservervip.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/** Text for the printer columns alone. */
public record StatusSummary(@Nullable String backends, @Nullable String agents) {}
