package io.apiservervip.agent.preflight;

import io.apiservervip.agent.vrrp.Cast;
import io.apiservervip.agent.vrrp.Family;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether IP protocol 112 passes between this node and another member, both ways. Pure. */
final class PeerFindings {
  /** A preflight that was heard for so long has had the time to hear this one. */
  private static final long LONG_ENOUGH_NANOS = 1_000_000_000L;

  /** What a filter of this host makes of a packet that leaves it. */
  private static final int EPERM = 1;

  private final String self;
  private final String interfaceName;
  private final Cast cast;

  /**
   * @param cast how the group sends its adverts
   */
  PeerFindings(String self, String interfaceName, Cast cast) {
    this.self = self;
    this.interfaceName = interfaceName;
    this.cast = cast;
  }

  /**
   * @param nowNanos when the listening ended
   */
  Finding of(String peer, Family family, PeerSightings seen, long nowNanos) {
    String check = "protocol 112 " + (family == Family.IPV4 ? "" : "over IPv6 ") + "with " + peer;
    if (seen.sendErrno() != 0) {
      return unsent(check, peer, seen.sendErrno());
    }
    if (seen.heard(cast)) {
      return heard(check, peer, family, seen);
    }
    if (seen.reached(cast)) {
      return Finding.fail(
          check,
          "its packets reach " + interfaceName + " and no program: this host drops them",
          "allow IP protocol 112 in this host's firewall (nft list ruleset)"
              + (family == Family.IPV4 ? ", and look at rp_filter" : ""));
    }
    if (seen.heard(Cast.UNICAST) || seen.reached(Cast.UNICAST)) {
      return Finding.fail(
          check,
          "what it sends to this node arrives, what it sends to " + group(family) + " does not",
          "look at the switches' multicast snooping and at filters of that address, or set"
              + " spec.vrrp.transport: Unicast");
    }
    return unheard(check, peer, family, seen.unreachable(nowNanos));
  }

  private Finding heard(String check, String peer, Family family, PeerSightings seen) {
    ProbeMessage said = seen.last();
    if (seen.bothWays(self, cast)) {
      return Finding.ok(check, "each hears the other, " + word());
    }
    if (said == null) {
      return Finding.ok(
          check, "its adverts arrive; whether it hears this node shows a preflight there");
    }
    if (seen.heardNanos() < LONG_ENOUGH_NANOS) {
      return Finding.notChecked(
          check,
          "its preflight was heard for a moment only",
          "start both at the same time, or longer: --patience 30s");
    }
    boolean unicast = said.hears(self, Cast.UNICAST);
    return Finding.fail(
        check,
        peer
            + " is heard here and does not hear this node"
            + (unicast ? " by " + group(family) + ", though by unicast" : ""),
        unicast
            ? "look at the switches' multicast snooping and at filters of that address, or set"
                + " spec.vrrp.transport: Unicast"
            : "allow IP protocol 112 in the firewall of "
                + peer
                + ", in what leaves this host, and between them");
  }

  private static Finding unsent(String check, String peer, int errno) {
    return Finding.fail(
        check,
        "this host cannot send to it (errno " + errno + ")",
        errno == EPERM
            ? "allow IP protocol 112 in what leaves this host (nft list ruleset)"
            : "look at the route to " + peer);
  }

  private Finding unheard(
      String check, String peer, Family family, SegmentTap.@Nullable Unreachable told) {
    String together = "run preflight on " + peer + " at the same time";
    if (told != null && !told.arrived()) {
      return Finding.fail(
          check,
          told.from().getHostAddress()
              + " refuses it (ICMP type "
              + told.type()
              + " code "
              + told.code()
              + ")",
          "allow IP protocol 112 in the firewall of " + told.from().getHostAddress());
    }
    if (told != null) {
      return Finding.notChecked(
          check,
          "it gets there (ICMP: nobody listens for it); nothing was heard from there",
          together);
    }
    return Finding.notChecked(
        check,
        "nothing was heard: no preflight runs there, a Backup is silent, or it is filtered",
        together + "; if one does, allow IP protocol 112 between them" + group(" to ", family));
  }

  private String group(String before, Family family) {
    return cast == Cast.MULTICAST ? before + group(family) : "";
  }

  private static String group(Family family) {
    return family == Family.IPV4 ? "224.0.0.18" : "ff02::12";
  }

  private String word() {
    return cast.name().toLowerCase(Locale.ROOT);
  }
}
