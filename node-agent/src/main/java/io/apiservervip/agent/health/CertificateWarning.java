package io.apiservervip.agent.health;

import io.apiservervip.agentapi.BackendAddress;
import java.time.Instant;

/** The certificate of an API server that has expired, or will within 30 days. */
public record CertificateWarning(BackendAddress backend, Instant notAfter, boolean expired) {}
