package io.apiservervip.api.v1alpha1;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Fields of the common health check that a listener overrides. */
public record HealthCheckOverride(
    @Nullable CheckType type,
    @Nullable String path,
    @Nullable Duration interval,
    @Nullable Duration downInterval,
    @Nullable Duration timeout,
    @Nullable Integer rise,
    @Nullable Integer fall,
    @Nullable Boolean passive) {}
