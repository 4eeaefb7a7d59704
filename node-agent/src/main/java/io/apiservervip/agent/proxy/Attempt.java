package io.apiservervip.agent.proxy;

import org.jspecify.annotations.Nullable;

/** One connection to a server on behalf of a client, from its SYN on. Owned by the event loop. */
final class Attempt {
  /** Where it stands. */
  enum Stage {
    DIALLING,
    CONNECTED,
    OVER
  }

  private final int number;
  private final Server server;
  private final BackendObserver observer;
  private final long dialledNanos;
  private @Nullable Wire wire;
  private Stage stage = Stage.DIALLING;
  private int sent;

  Attempt(int number, Server server, BackendObserver observer, long dialledNanos) {
    this.number = number;
    this.server = server;
    this.observer = observer;
    this.dialledNanos = dialledNanos;
  }

  int number() {
    return number;
  }

  Server server() {
    return server;
  }

  BackendObserver observer() {
    return observer;
  }

  long dialledNanos() {
    return dialledNanos;
  }

  /** Null where it could not even be tried. */
  @Nullable Wire wire() {
    return wire;
  }

  void wire(Wire opened) {
    wire = opened;
  }

  Stage stage() {
    return stage;
  }

  void stage(Stage next) {
    stage = next;
  }

  /** How many of the client's kept bytes it got. */
  int sent() {
    return sent;
  }

  void sent(int bytes) {
    sent = bytes;
  }
}
