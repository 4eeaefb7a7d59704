package io.apiservervip.agent;

/** A command could not do its work; the message is the one line for the person. */
final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }
}
