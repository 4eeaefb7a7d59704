package io.apiservervip.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/** Authentication of version 2, plain text on the wire. */
public record AuthenticationSpec(
    AuthenticationType type,
    @Nullable Password password,
    @Nullable SecretKeyRef passwordSecretRef) {}
