package io.apiservervip.api.v1alpha1;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the addresses are held and moved. */
public record VrrpSpec(
    int version,
    @Nullable Integer virtualRouterId,
    @Nullable Duration advertisementInterval,
    boolean preempt,
    Duration preemptDelay,
    Duration startupDelay,
    Transport transport,
    AcceptFrom acceptFrom,
    AuthenticationSpec authentication,
    GratuitousArpSpec gratuitousArp,
    @Nullable Duration addressLifetime) {}
