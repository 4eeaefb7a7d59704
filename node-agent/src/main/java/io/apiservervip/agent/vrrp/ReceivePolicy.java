package io.apiservervip.agent.vrrp;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one virtual router expects of a packet, in one family (RFC 9568 §7.1, RFC 3768 §7.1). An
 * address list that overlaps ours is accepted, against RFC 3768: lists differ during every rolling
 * change, and rejecting them makes two Active routers. A disjoint one is another group's.
 *
 * @param interval version 2: must be equal; version 3: a difference is noted
 * @param virtualAddresses 1..255 of one family, in the order in which they are advertised
 */
public record ReceivePolicy(
    Version version,
    Vrid vrid,
    AdvertisementInterval interval,
    Authentication authentication,
    Segment segment,
    List<InetAddress> virtualAddresses) {
  private static final int FROM_THIS_LINK = 255;

  public ReceivePolicy {
    virtualAddresses = List.copyOf(virtualAddresses);
    if (virtualAddresses.isEmpty() || virtualAddresses.size() > 255) {
      throw new IllegalArgumentException("a virtual router has 1..255 addresses of one family");
    }
    Family first = Family.of(virtualAddresses.getFirst());
    if (virtualAddresses.stream().anyMatch(address -> Family.of(address) != first)) {
      throw new IllegalArgumentException("a virtual router's addresses are of one family");
    }
  }

  /** The family of the virtual addresses. */
  public Family family() {
    return Family.of(virtualAddresses.getFirst());
  }

  /** Judges a well-formed advertisement, as the codec accepted it. */
  public Verdict judge(
      Family family,
      InetAddress source,
      InetAddress destination,
      int ttl,
      Reception.Accepted accepted) {
    Advertisement adv = accepted.advertisement();
    Rejection rejection = envelope(family, adv.vrid().value(), adv.version().number(), source, ttl);
    if (rejection == null) {
      Authentication theirs = adv.authentication();
      long field = theirs instanceof Authentication.Password password ? password.word() : 0;
      rejection = version2(theirs.type(), field, adv.interval().centiseconds());
    }
    if (rejection == null) {
      rejection = sender(source, destination);
    }
    if (rejection == null && virtualAddresses.stream().noneMatch(adv.addresses()::contains)) {
      rejection = Rejection.FOREIGN_ROUTER;
    }
    return rejection == null
        ? admitted(adv, accepted.form())
        : Reception.Rejected.of(rejection, adv.vrid().value(), true);
  }

  /** The checks that need no more than the fixed header: id, version, source, hop limit. */
  @Nullable Rejection envelope(Family family, int vrid, int version, InetAddress source, int ttl) {
    if (vrid != this.vrid.value() || family != family()) {
      return Rejection.UNKNOWN_VRID;
    }
    if (version != this.version.number()) {
      return Rejection.VERSION_MISMATCH;
    }
    if (segment.ownAddresses().contains(source)) {
      return Rejection.OWN_SOURCE;
    }
    return segment.cast() == Cast.MULTICAST && ttl != FROM_THIS_LINK ? Rejection.BAD_TTL : null;
  }

  /** Version 2's authentication and interval; nothing to check in version 3. */
  @Nullable Rejection version2(int authType, long authField, int centiseconds) {
    if (version != Version.V2) {
      return null;
    }
    if (authType != authentication.type()) {
      return Rejection.AUTH_TYPE_MISMATCH;
    }
    if (authentication instanceof Authentication.Password ours && !ours.matches(authField)) {
      return Rejection.AUTH_FAILURE;
    }
    return centiseconds == interval.centiseconds() ? null : Rejection.INTERVAL_MISMATCH;
  }

  /** Way of sending and membership. */
  @Nullable Rejection sender(InetAddress source, InetAddress destination) {
    if (!segment.cast().fits(family(), destination)) {
      return Rejection.WRONG_CAST;
    }
    return segment.admits(source) ? null : Rejection.NOT_A_MEMBER;
  }

  Verdict.Admitted admitted(Advertisement adv, ChecksumForm form) {
    boolean listDiffers =
        !adv.addresses().equals(virtualAddresses)
            && !Set.copyOf(adv.addresses()).equals(Set.copyOf(virtualAddresses));
    return new Verdict.Admitted(adv, form, !adv.interval().equals(interval), listDiffers);
  }
}
