package io.apiservervip.operator.status;

/**
 * What one assembly leaves to the next one of the same resource, in the operator's memory alone. A
 * new leader begins with {@link #EMPTY}: it raises no Event for what it sees first, and gathers
 * evidence anew.
 */
public final class StatusMemory {
  /** Of a resource that was never seen. */
  public static final StatusMemory EMPTY = new StatusMemory(Recollection.NOTHING);

  private final Recollection recollection;

  StatusMemory(Recollection recollection) {
    this.recollection = recollection;
  }

  Recollection recollection() {
    return recollection;
  }
}
