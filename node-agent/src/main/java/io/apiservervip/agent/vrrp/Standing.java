package io.apiservervip.agent.vrrp;

/** What a router brings to the election. */
public sealed interface Standing {

  /** Its configured priority. */
  Priority priority();

  /** Owns the address: priority 255, always preempts, never lowered by health (RFC 9568 §6.1). */
  record Owner() implements Standing {
    @Override
    public Priority priority() {
      return Priority.OWNER;
    }
  }

  /** Contends for the address with priority 1..254. */
  record Contender(Priority priority, Preemption preemption) implements Standing {
    public Contender {
      if (priority.value() < 1 || priority.value() > 254) {
        throw new IllegalArgumentException("priority " + priority + " is not in 1..254");
      }
    }
  }
}
