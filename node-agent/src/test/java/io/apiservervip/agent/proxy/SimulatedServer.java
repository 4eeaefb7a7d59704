package io.apiservervip.agent.proxy;

/** How a server of the simulation behaves. */
enum SimulatedServer {
  GOOD,
  /** Connects late, answers after the time-out for an answer. */
  SLOW,
  REFUSING,
  UNREACHABLE,
  /** Answers no SYN. */
  CUT,
  /** Accepts, never answers. */
  HUNG,
  /** Accepts, and resets when it gets something. */
  RESETTING,
  /** Accepts, and closes when it gets something. */
  CLOSING;

  /** It gets in the way of a client after it accepted. */
  boolean spoils() {
    return this == HUNG || this == RESETTING || this == CLOSING;
  }

  /** A client that is connected to it gets an answer. */
  boolean answers() {
    return this == GOOD || this == SLOW;
  }
}
