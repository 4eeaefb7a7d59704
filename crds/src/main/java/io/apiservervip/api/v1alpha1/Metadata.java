package io.apiservervip.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/**
 * The part of the object's metadata that this project reads.
 *
 * @param name a DNS label of at most 40 characters
 * @param generation given by the API server; null in a file that was never there
 */
public record Metadata(String name, @Nullable Long generation) {}
