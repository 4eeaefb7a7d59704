package io.apiservervip.api.v1alpha1;

import java.time.Duration;

/** How backends are checked. */
public record HealthCheckSpec(
    CheckType type,
    String path,
    Duration interval,
    Duration downInterval,
    Duration timeout,
    int rise,
    int fall,
    boolean passive) {}
