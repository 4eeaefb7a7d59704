package io.apiservervip.agent.proxy;

/** Port: what each server carries now, by its index in the pool. Cheap; read on event loops. */
interface LoadOf {
  /** Sessions with an established connection to it. */
  int active(int index);

  /** Connections to it that are being established. */
  int pending(int index);

  /** Whether it left a SYN unanswered lately, so that clients had better go elsewhere. */
  boolean silent(int index, long nowNanos);
}
