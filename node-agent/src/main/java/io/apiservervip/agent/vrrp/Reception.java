package io.apiservervip.agent.vrrp;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the codec made of one received message, without knowing any virtual router. */
public sealed interface Reception {

  /** A well-formed advertisement of the given checksum form. */
  record Accepted(Advertisement advertisement, ChecksumForm form) implements Reception {}

  /**
   * Discarded and counted.
   *
   * @param vrid the virtual router id that was heard; 0 where the packet did not get that far
   * @param intact whether type, length and checksum are known to be right, so that the id is to be
   *     believed
   */
  record Rejected(Rejection reason, int vrid, boolean intact) implements Reception, Verdict {
    private static final Set<Rejection> FOREIGN =
        EnumSet.of(
            Rejection.VERSION_MISMATCH,
            Rejection.AUTH_TYPE_MISMATCH,
            Rejection.AUTH_FAILURE,
            Rejection.INTERVAL_MISMATCH,
            Rejection.NOT_A_MEMBER,
            Rejection.FOREIGN_ROUTER);

    private static final int VRIDS = 256;
    private static final Map<Rejection, @Nullable Rejected[]> SEEN = new EnumMap<>(Rejection.class);

    static {
      for (Rejection reason : Rejection.values()) {
        SEEN.put(reason, new @Nullable Rejected[VRIDS * 2]);
      }
    }

    /** A packet of which nothing but the reason is known. */
    public Rejected(Rejection reason) {
      this(reason, 0, false);
    }

    /** One instance for each value, made when first met: a flood of rejects allocates nothing. */
    static Rejected of(Rejection reason, int vrid, boolean intact) {
      @Nullable Rejected[] ofReason = Objects.requireNonNull(SEEN.get(reason));
      int index = vrid * 2 + (intact ? 1 : 0);
      Rejected seen = ofReason[index];
      if (seen == null) {
        seen = new Rejected(reason, vrid, intact);
        ofReason[index] = seen;
      }
      return seen;
    }

    /** Whether another group uses our virtual router id: an intact packet that is not of ours. */
    public boolean foreign() {
      return intact && FOREIGN.contains(reason);
    }
  }
}
