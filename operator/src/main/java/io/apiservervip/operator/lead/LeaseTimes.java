package io.apiservervip.operator.lead;

import java.time.Duration;

/**
 * Times of the election.
 *
 * @param duration how long a Lease that nobody renews still binds the others
 * @param renewDeadline how long a leader goes on after its last renewal; shorter than {@code
 *     duration}, so that it has stopped when another one begins
 * @param retry from one look at the Lease to the next
 */
public record LeaseTimes(Duration duration, Duration renewDeadline, Duration retry) {
  /** Another replica leads 12 s after a kill at the latest. */
  public static final LeaseTimes DEFAULT =
      new LeaseTimes(Duration.ofSeconds(10), Duration.ofSeconds(7), Duration.ofSeconds(2));

  public LeaseTimes {
    if (renewDeadline.compareTo(duration) >= 0 || retry.compareTo(renewDeadline) >= 0) {
      throw new IllegalArgumentException("retry < renewDeadline < duration must hold");
    }
  }
}
