package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Vrid;
import java.util.Arrays;

/** The VRIDs heard on the segment within the last minutes, to name free ones. Loop thread. */
public final class SegmentWatch {
  private static final long KEEP_NANOS = 300_000_000_000L;
  private static final int NAMED = 3;

  private final long[] heardNanos = new long[256];

  public SegmentWatch() {
    Arrays.fill(heardNanos, Long.MIN_VALUE / 2);
  }

  /** Somebody used this id. */
  public void heard(int vrid, long nowNanos) {
    heardNanos[vrid] = nowNanos;
  }

  /** Three ids that nobody was heard with, counting up from ours: {@code 51, 52, 53}. */
  public String free(Vrid ours, long nowNanos) {
    StringBuilder free = new StringBuilder();
    int named = 0;
    for (int i = 1; i < 255 && named < NAMED; i++) {
      int vrid = (ours.value() - 1 + i) % 255 + 1;
      if (nowNanos - heardNanos[vrid] > KEEP_NANOS) {
        free.append(named++ == 0 ? "" : ", ").append(vrid);
      }
    }
    return free.toString();
  }
}
