package io.apiservervip.agent.proxy;

/** Port: what a {@link Session} wants done. */
interface SessionActions {
  /** Connect to a server; the answer is {@code connected} or {@code connectFailed}. */
  void dial(int attempt, int server);

  /** Close the connection of this attempt, established or not; nothing more of it is expected. */
  void abandon(int attempt, ConnectFailure reason);

  /** Send the kept bytes to this attempt's server, and go on keeping them. */
  void sendFirstFlight(int attempt);

  /**
   * The client belongs to this attempt's server: kept bytes that were not sent to it go first, then
   * they are released, and bytes flow both ways.
   */
  void relay(int attempt);

  /** Wait for a place at a server; the answer is {@code placeFree}. */
  void enqueue();

  /** Close the client's connection. Every attempt was abandoned before. */
  void finish(SessionEnd reason, boolean reset);

  /** This attempt's server did not answer the SYN in time; another one is dialled beside it. */
  default void hedged(int attempt) {}

  /** This attempt's server left the first flight unanswered: in time, or it ended before. */
  default void unanswered(int attempt) {}

  /** This attempt's server left the first flight unanswered; it goes to another one. */
  default void replayed(int attempt) {}
}
