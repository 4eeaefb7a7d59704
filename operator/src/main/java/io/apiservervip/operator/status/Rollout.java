package io.apiservervip.operator.status;

/** How far the roll-out of the agents' pods is. */
public sealed interface Rollout {

  /** Nobody rolls anything out: no agents, or they are not started by the operator. */
  record NotOurs() implements Rollout {}

  /** Every pod is of the current template. */
  record Complete() implements Rollout {}

  /**
   * Pods are being replaced.
   *
   * @param message such as {@code 1 of 3 agents run image x; cp-2 is next}
   */
  record Moving(String message) implements Rollout {}

  /**
   * A new pod did not become ready, so the others are left alone.
   *
   * @param message what is wrong there, and the remedy
   */
  record Stopped(String node, String message) implements Rollout {}
}
