package io.apiservervip.agent.health;

/** What one check found. */
public sealed interface CheckResult {

  /** A connection, a handshake, or an answer that says ready (2xx) or does not say (401, 403). */
  record Good() implements CheckResult {}

  /**
   * It answered that it is not ready.
   *
   * @param why a phrase such as {@code HTTP 500}
   */
  record NotReady(String why) implements CheckResult {}

  /**
   * No answer that could be read: refused, timed out, a TLS error.
   *
   * @param why a phrase such as {@code connection refused}
   */
  record Failed(String why) implements CheckResult {}

  /**
   * The question could not be asked, for a reason on this side: no verdict on the backend.
   *
   * @param why a phrase such as {@code Too many open files}
   */
  record NotAsked(String why) implements CheckResult {}
}
