package io.apiservervip.api.v1alpha1;

/** A key of a Secret in the operator's namespace. */
public record SecretKeyRef(String name, String key) {}
