package io.apiservervip.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/** A port of the balancer. */
public record ListenerSpec(
    String name,
    int port,
    int backendPort,
    @Nullable Integer bindPort,
    BindScope bind,
    @Nullable HealthCheckOverride healthCheck) {}
