package io.apiservervip.agent.preflight;

import io.apiservervip.agent.router.HostNetwork;
import io.apiservervip.agent.router.MonotonicClock;
import io.apiservervip.agent.router.OperatingException;
import io.apiservervip.agent.router.Placement;
import io.apiservervip.agent.router.RouterSettings;
import java.util.List;

/** The findings on the segment, or why there are none. */
public final class SegmentFindings {
  private static final String CHECK = "segment";

  private SegmentFindings() {}

  /**
   * Looks at the segment for so long, or until nothing more is to be learnt.
   *
   * @param vip name of the resource
   */
  public static List<Finding> look(
      String vip,
      RouterSettings settings,
      Placement.Found place,
      HostNetwork network,
      SegmentSurvey.TapDoor tap,
      MonotonicClock clock,
      long patienceNanos) {
    try {
      return new SegmentSurvey(new Survey(vip, settings, place), clock)
          .run(network, tap, patienceNanos);
    } catch (OperatingException e) {
      return List.of(unseen(e.getMessage() == null ? "a socket was refused" : e.getMessage()));
    }
  }

  /** Nobody was heard and nobody was asked. */
  public static Finding unseen(String why) {
    return Finding.notChecked(
        CHECK, why, "mend that first: nobody was asked for the addresses, nobody was listened to");
  }
}
