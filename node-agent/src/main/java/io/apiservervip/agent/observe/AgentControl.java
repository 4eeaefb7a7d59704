package io.apiservervip.agent.observe;

/** What a person on the node may ask of the running agent. */
@FunctionalInterface
public interface AgentControl {
  /** Gives the address away; returns as soon as the loop took or refused it. Any thread. */
  HandoverResult handover();

  /** What became of it, with a sentence for a person. */
  record HandoverResult(boolean accepted, String message) {}
}
