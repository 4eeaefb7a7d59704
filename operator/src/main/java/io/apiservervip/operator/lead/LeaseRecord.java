package io.apiservervip.operator.lead;

import java.time.Duration;

/**
 * A Lease as it was read.
 *
 * @param holder identity of the leader; empty after a release
 * @param duration how long it binds the others after a renewal
 * @param renewal what changes with each renewal; never compared with a clock, as clocks differ
 * @param transitions how often the holder has changed
 */
public record LeaseRecord(String holder, Duration duration, String renewal, int transitions) {}
