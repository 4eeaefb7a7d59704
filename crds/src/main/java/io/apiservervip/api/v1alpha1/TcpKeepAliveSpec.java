package io.apiservervip.api.v1alpha1;

import java.time.Duration;

/** Keep-alive of TCP. */
public record TcpKeepAliveSpec(Duration idle, Duration interval, int probes) {}
