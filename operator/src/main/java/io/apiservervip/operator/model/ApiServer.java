package io.apiservervip.operator.model;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * An API server as an EndpointSlice of default/kubernetes names it.
 *
 * @param node null where the slice does not say, which is the rule
 */
public record ApiServer(InetAddress address, int port, @Nullable String node) {}
