package io.apiservervip.agent.preflight;

import io.apiservervip.agent.router.AdvertisementChannel;
import io.apiservervip.agent.router.HostNetwork;
import io.apiservervip.agent.router.MonotonicClock;
import io.apiservervip.agent.router.NeighborAnnouncer;
import io.apiservervip.agent.router.OperatingException;
import io.apiservervip.agent.router.ReceivedDatagram;
import io.apiservervip.agent.router.RouterSettings;
import io.apiservervip.agent.router.SegmentWatch;
import io.apiservervip.agent.router.VirtualAddress;
import io.apiservervip.agent.vrrp.Advertisement;
import io.apiservervip.agent.vrrp.AdvertisementCodec;
import io.apiservervip.agent.vrrp.Cast;
import io.apiservervip.agent.vrrp.Family;
import io.apiservervip.agent.vrrp.Ipv4Datagram;
import io.apiservervip.agent.vrrp.ReceivePolicy;
import io.apiservervip.agent.vrrp.Reception;
import io.apiservervip.agent.vrrp.Segment;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Listens on the segment and asks, without taking part: who advertises, who has the virtual
 * addresses, whose messages of IP protocol 112 arrive. What it sends is a {@link ProbeMessage} four
 * times a second, ARP requests without a sender's address (RFC 5227 §2.1.1) and neighbour
 * solicitations; no advert. One thread from begin to end.
 */
public final class SegmentSurvey {
  private static final long MILLI = 1_000_000L;
  private static final long PROBE_NANOS = 250 * MILLI;
  private static final long ASK_NANOS = 500 * MILLI;
  private static final long TURN_NANOS = 50 * MILLI;

  /** After all is known the others are told so three times. */
  private static final long FAREWELL_NANOS = 3 * PROBE_NANOS;

  private static final int MOST_PACKETS_A_TURN = 256;
  private static final InetAddress NOBODY = InetAddress.ofLiteral("0.0.0.0");

  private final Survey survey;
  private final MonotonicClock clock;
  private final SegmentWatch ids = new SegmentWatch();
  private final ReceivedDatagram datagram = new ReceivedDatagram();

  SegmentSurvey(Survey survey, MonotonicClock clock) {
    this.survey = survey;
    this.clock = clock;
  }

  /** Opens the tap of an interface. */
  @FunctionalInterface
  public interface TapDoor {
    SegmentTap open(Set<Family> families) throws OperatingException;
  }

  /**
   * Looks for so long, or until nothing more is to be learnt.
   *
   * @throws OperatingException where a socket is refused
   */
  List<Finding> run(HostNetwork network, TapDoor door, long patienceNanos)
      throws OperatingException {
    Set<Family> families = survey.place().sources().keySet();
    Set<InetAddress> own = new LinkedHashSet<>(survey.place().sources().values());
    long begun = clock.nanoTime();
    try (AdvertisementChannel group =
            network.openChannel(survey.place().link(), families, true, own);
        AdvertisementChannel single =
            network.openChannel(survey.place().link(), families, false, own);
        NeighborAnnouncer neighbours = network.openAnnouncer(survey.place().link(), families);
        SegmentTap tap = door.open(families)) {
      neighbours.watch(watched());
      listen(new Ears(network, group, single, neighbours, tap), begun, patienceNanos);
    }
    long now = clock.nanoTime();
    return survey.findings(ids.free(survey.settings().group().vrid(), now), now - begun, now);
  }

  /** What is listened to. */
  private record Ears(
      HostNetwork network,
      AdvertisementChannel group,
      AdvertisementChannel single,
      NeighborAnnouncer neighbours,
      SegmentTap tap) {}

  private void listen(Ears ears, long begun, long patienceNanos) {
    long least = Survey.listenNanos(survey.settings());
    long end = begun + Math.max(least, patienceNanos);
    long nextProbe = begun;
    long nextAsk = begun;
    long settled = -1;
    for (long now = begun; now < end; now = clock.nanoTime()) {
      if (now >= nextProbe) {
        nextProbe = now + PROBE_NANOS;
        sendProbes(ears);
      }
      if (now >= nextAsk) {
        nextAsk = now + ASK_NANOS;
        ask(ears.neighbours());
      }
      ears.network().waiter().await(TURN_NANOS);
      receive(ears.group(), Cast.MULTICAST);
      receive(ears.single(), Cast.UNICAST);
      ears.tap().drain(seen -> survey.seen(seen, clock.nanoTime()));
      ears.neighbours().drain(survey::claimed);
      settled = survey.settled() ? (settled < 0 ? now : settled) : -1;
      if (settled >= 0 && now - begun >= least && now - settled >= FAREWELL_NANOS) {
        return;
      }
    }
  }

  /** By multicast only where the group advertises so; by unicast to every member that it can. */
  private void sendProbes(Ears ears) {
    RouterSettings settings = survey.settings();
    ByteBuffer message = ByteBuffer.wrap(survey.message().encode());
    for (Map.Entry<Family, InetAddress> from : survey.place().sources().entrySet()) {
      Family family = from.getKey();
      int errno = 0;
      if (settings.group().cast() == Cast.MULTICAST) {
        errno = ears.group().send(family, from.getValue(), family.multicastGroup(), message);
      }
      for (RouterSettings.Member member : settings.others()) {
        PeerSightings peer = survey.peers().get(new Survey.PeerKey(member.node(), family));
        InetAddress to = reachable(member, family);
        if (peer != null && to != null) {
          int failed = ears.single().send(family, from.getValue(), to, message);
          peer.sendFailed(settings.group().cast() == Cast.MULTICAST ? errno : failed);
        }
      }
    }
  }

  /**
   * Over IPv6 a multicast group is known by link-local addresses, which a manifest rarely lists.
   */
  private @Nullable InetAddress reachable(RouterSettings.Member member, Family family) {
    boolean local = survey.settings().group().cast() == Cast.MULTICAST && family == Family.IPV6;
    return member.addresses().stream()
        .filter(address -> Family.of(address) == family && (!local || address.isLinkLocalAddress()))
        .findFirst()
        .orElse(null);
  }

  /** The virtual addresses, then as many members as the kernel's filter has room for. */
  private Set<InetAddress> watched() {
    Set<InetAddress> watched = new LinkedHashSet<>();
    survey.settings().addresses().stream().map(VirtualAddress::address).forEach(watched::add);
    for (RouterSettings.Member member : survey.settings().others()) {
      for (InetAddress address : member.addresses()) {
        if (watched.size() < NeighborAnnouncer.MAX_WATCHED
            && survey.place().sources().containsKey(Family.of(address))) {
          watched.add(address);
        }
      }
    }
    return watched;
  }

  private void ask(NeighborAnnouncer neighbours) {
    for (InetAddress address : watched()) {
      Family family = Family.of(address);
      InetAddress own = survey.place().sources().get(family);
      if (own != null) {
        neighbours.probe(address, family == Family.IPV4 ? NOBODY : own);
      }
    }
  }

  private void receive(AdvertisementChannel channel, Cast way) {
    for (int i = 0; i < MOST_PACKETS_A_TURN && channel.receive(datagram); i++) {
      InetAddress source = datagram.source;
      InetAddress destination = datagram.destination;
      ByteBuffer message = payload();
      if (source != null && destination != null && message != null) {
        judge(message, source, destination, way);
      }
    }
  }

  private @Nullable ByteBuffer payload() {
    return switch (datagram.family) {
      case IPV4 ->
          Ipv4Datagram.check(datagram.packet) == null
              ? Ipv4Datagram.payload(datagram.packet)
              : null;
      case IPV6 -> datagram.packet;
    };
  }

  private void judge(ByteBuffer message, InetAddress source, InetAddress destination, Cast way) {
    long now = clock.nanoTime();
    ProbeMessage probe = ProbeMessage.decode(message);
    if (probe != null) {
      survey.heard(probe, datagram.family, way, now);
      return;
    }
    Reception reception = AdvertisementCodec.decode(datagram.family, source, destination, message);
    if (reception instanceof Reception.Accepted accepted) {
      Advertisement advertisement = accepted.advertisement();
      ids.heard(advertisement.vrid().value(), now);
      ReceivePolicy policy = policy(datagram.family);
      if (policy != null && !survey.place().own().contains(source)) {
        survey.heard(
            new HeardAdvert(
                source,
                advertisement,
                policy.judge(datagram.family, source, destination, datagram.ttl, accepted)),
            datagram.family,
            way);
      }
    }
  }

  /** What the agent will expect of a packet, but that any source may be a member over IPv6. */
  private @Nullable ReceivePolicy policy(Family family) {
    RouterSettings settings = survey.settings();
    RouterSettings.Group group = settings.group();
    if (settings.addressesOf(family).isEmpty()) {
      return null;
    }
    Set<InetAddress> members = null;
    if (!group.acceptAny() && (family == Family.IPV4 || group.cast() == Cast.UNICAST)) {
      members = new HashSet<>();
      for (RouterSettings.Member member : settings.others()) {
        members.addAll(member.addresses());
      }
    }
    return new ReceivePolicy(
        settings.router().version(),
        group.vrid(),
        settings.router().interval(),
        group.authentication(),
        new Segment(group.cast(), survey.place().own(), members),
        settings.addressesOf(family));
  }
}
