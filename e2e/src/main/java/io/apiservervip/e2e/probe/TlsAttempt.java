package io.apiservervip.e2e.probe;

import java.time.Duration;
import java.util.Optional;

/**
 * One connection of a {@link TlsProbe} that has ended: connect, handshake, one request.
 *
 * @param connected whether the TCP connection was established
 * @param begun whether a byte of a server's answer arrived: from then on nobody but that server can
 *     go on with it
 * @param server who answered, empty when none did
 * @param failure why not
 */
public record TlsAttempt(
    long startNanos,
    long endNanos,
    boolean connected,
    boolean begun,
    String server,
    Optional<TlsFailure> failure) {

  public Duration latency() {
    return Duration.ofNanos(endNanos - startNanos);
  }

  @Override
  public String toString() {
    return failure.map(f -> f + (begun ? " after it was begun" : "")).orElse(server)
        + (connected ? "" : ", not connected")
        + " after "
        + latency().toMillis()
        + " ms";
  }
}
