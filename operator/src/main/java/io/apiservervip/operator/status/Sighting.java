package io.apiservervip.operator.status;

import io.apiservervip.api.v1alpha1.NodeRole;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When the operator saw what of one agent's entry, by the operator's own clock, so that clocks of
 * nodes that are wrong prove nothing.
 *
 * @param heartbeat the entry's heartbeatTime as it stood; changes with every write of the agent
 * @param writtenAt when that write was first seen
 * @param witnessed the write happened before the operator's eyes; otherwise {@code writtenAt} is
 *     what the node's clock says
 * @param role of that entry as its agent wrote it
 * @param transition the entry's lastTransitionTime as it stood
 * @param claimedAt since when it has been seen as Active, without a break; null: it is not
 */
record Sighting(
    String heartbeat,
    Instant writtenAt,
    boolean witnessed,
    @Nullable NodeRole role,
    String transition,
    @Nullable Instant claimedAt) {}
