package io.apiservervip.agent.health;

/**
 * Port: hears what the checks find, of it what an implementation is for. Called on the check loop;
 * cheap, never waits.
 */
public interface CheckObserver {
  /** A check ended; the snapshot shows it, and a change that it made. */
  default void checked(String listener, BackendHealth now) {}

  /** A backend got another state, or its first verdict; the snapshot shows it. */
  default void changed(String listener, BackendHealth now) {}
}
