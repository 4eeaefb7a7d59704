package io.apiservervip.agent.proxy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * What all event loops of one proxy share.
 *
 * @param nanoClock monotonic
 * @param connections clients that are connected now, over all listeners
 */
record ProxyShared(
    Transport transport,
    LongSupplier nanoClock,
    ProxyObserver observer,
    BackendWatch watch,
    Sharing sharing) {

  /** What clients share whatever listener they came to. */
  record Sharing(AtomicInteger connections, SourceTable sources, ReplayBudget replayBudget) {}

  ReplayBudget replayBudget() {
    return sharing.replayBudget();
  }
}
