package io.apiservervip.agent.health;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.api.v1alpha1.BackendState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the checks of one listener say of one API server: an immutable snapshot.
 *
 * @param state Up, NotReady or Down; Draining is the proxy's own
 * @param sinceNanos monotonic time at which it got this state
 * @param since the same by the wall clock
 * @param lastError why the last bad check was bad, a phrase; null while the last check was good
 * @param lastCheckNanos how long the last check took; -1 before the first
 * @param checked whether a check has told anything yet; until then it is Down
 * @param certificate what its server presented last; null without TLS, or before the first
 *     handshake
 */
public record BackendHealth(
    BackendAddress address,
    BackendState state,
    long sinceNanos,
    Instant since,
    @Nullable String lastError,
    long lastCheckNanos,
    boolean checked,
    @Nullable ServerCertificate certificate) {}
