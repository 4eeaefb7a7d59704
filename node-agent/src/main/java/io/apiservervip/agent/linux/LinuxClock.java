package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.MonotonicClock;

/** The kernel's CLOCK_MONOTONIC, which HotSpot reads for {@link System#nanoTime}. */
public final class LinuxClock implements MonotonicClock {
  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
