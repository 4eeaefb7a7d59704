package io.apiservervip.agent;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What {@code run} was told.
 *
 * @param statusAddress in place of the manifest's; null to follow the manifest
 * @param statusAuthFile who may read the status port; null: everybody
 */
record RunOptions(
    Path config,
    String node,
    Path stateDir,
    @Nullable InetSocketAddress statusAddress,
    @Nullable Path statusAuthFile) {}
