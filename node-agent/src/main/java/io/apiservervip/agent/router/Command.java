package io.apiservervip.agent.router;

import java.util.concurrent.CompletableFuture;

/** What other threads ask of the loop; taken from a bounded queue. */
sealed interface Command {
  /** New settings. */
  record Reconfigure(RouterSettings settings) implements Command {}

  /** Health as seen by this node. */
  record Health(int weight, boolean canServe) implements Command {}

  /** Give the address away; completed with a sentence. */
  record HandOver(CompletableFuture<HandOverResult> result) implements Command {}

  /** Give the address away, take it off, end. */
  record ShutDown() implements Command {}

  /** News of the address thread. */
  record Addresses(AddressKeeper.Result result) implements Command {}
}
