package io.apiservervip.agent.vrrp;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The way of a received packet from the socket to a verdict, for one virtual router in one family:
 * all checks in the order of the counters, cheap ones first. Immutable; throws on no input. A
 * rejected packet costs at most the bytes of its two addresses (for the pseudo-header), an ordinary
 * advertisement two records more.
 */
public final class AdvertisementReceiver {
  private final ReceivePolicy policy;
  private final KnownValues known;

  public AdvertisementReceiver(ReceivePolicy policy) {
    this.policy = policy;
    this.known = new KnownValues(policy.interval(), policy.virtualAddresses());
  }

  /**
   * Judges one packet.
   *
   * @param packet IPv4: the datagram with its header; IPv6: the payload; from position to limit,
   *     which are as before on return
   * @param source null in IPv4 to take it from the header
   * @param destination null in IPv4 to take it from the header
   * @param hopLimit for IPv6; IPv4 has its own in the header
   */
  public Verdict receive(
      Family family,
      ByteBuffer packet,
      @Nullable InetAddress source,
      @Nullable InetAddress destination,
      int hopLimit) {
    return switch (family) {
      case IPV4 -> ipv4(packet, source, destination);
      case IPV6 ->
          source == null || destination == null
              ? rejected(Rejection.TOO_SHORT)
              : message(Family.IPV6, packet, source, destination, hopLimit);
    };
  }

  private Verdict ipv4(
      ByteBuffer datagram, @Nullable InetAddress source, @Nullable InetAddress destination) {
    Rejection header = Ipv4Datagram.check(datagram);
    if (header != null) {
      return rejected(header);
    }
    InetAddress from = source == null ? Ipv4Datagram.source(datagram) : source;
    InetAddress to = destination == null ? Ipv4Datagram.destination(datagram) : destination;
    int ttl = Ipv4Datagram.ttl(datagram);
    int start = datagram.position();
    int limit = datagram.limit();
    int messageStart = start + Ipv4Datagram.headerLength(datagram);
    int messageEnd = start + Ipv4Datagram.totalLength(datagram);
    try {
      return message(Family.IPV4, datagram.position(messageStart).limit(messageEnd), from, to, ttl);
    } finally {
      datagram.limit(limit).position(start);
    }
  }

  private Verdict message(
      Family family, ByteBuffer message, InetAddress source, InetAddress destination, int ttl) {
    Rejection header = WireFormat.header(message);
    if (header != null) {
      return rejected(header);
    }
    int vrid = WireFormat.vrid(message);
    Rejection envelope = policy.envelope(family, vrid, WireFormat.version(message), source, ttl);
    if (envelope != null) {
      return Reception.Rejected.of(envelope, vrid, intact(family, source, destination, message));
    }
    Rejection shape = WireFormat.shape(family, message);
    if (shape != null) {
      return Reception.Rejected.of(shape, vrid, false);
    }
    ChecksumForm form = WireFormat.checksum(family, source, destination, message);
    if (form == null) {
      return Reception.Rejected.of(Rejection.BAD_CHECKSUM, vrid, false);
    }
    Rejection content = content(family, source, destination, message);
    return content == null
        ? policy.admitted(AdvertisementCodec.read(family, message, known), form)
        : Reception.Rejected.of(content, vrid, true);
  }

  private @Nullable Rejection content(
      Family family, InetAddress source, InetAddress destination, ByteBuffer message) {
    Rejection rejection = WireFormat.authentication(family, message);
    if (rejection == null && WireFormat.carriesAuthentication(family, message)) {
      rejection =
          policy.version2(
              WireFormat.authType(message),
              WireFormat.authenticationField(message),
              WireFormat.intervalCentiseconds(message));
    }
    if (rejection == null) {
      rejection = WireFormat.content(message);
    }
    if (rejection == null) {
      rejection = policy.sender(source, destination);
    }
    return rejection == null && !known.overlaps(family, message)
        ? Rejection.FOREIGN_ROUTER
        : rejection;
  }

  /** Whether a packet that is not for us is at least a right one, so that its id is believed. */
  private static boolean intact(
      Family family, InetAddress source, InetAddress destination, ByteBuffer message) {
    return WireFormat.shape(family, message) == null
        && WireFormat.checksum(family, source, destination, message) != null;
  }

  private static Reception.Rejected rejected(Rejection reason) {
    return Reception.Rejected.of(reason, 0, false);
  }
}
