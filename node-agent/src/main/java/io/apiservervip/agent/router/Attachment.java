package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.AdvertisementReceiver;
import io.apiservervip.agent.vrrp.Cast;
import io.apiservervip.agent.vrrp.ChecksumForms;
import io.apiservervip.agent.vrrp.Family;
import io.apiservervip.agent.vrrp.ReceivePolicy;
import io.apiservervip.agent.vrrp.Segment;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of the virtual router on one interface, and how packets are made and judged there.
 */
final class Attachment implements AutoCloseable {
  private final HostLinks.Selection.Found place;
  private final RouterSettings settings;
  private final AdvertisementChannel channel;
  private final NeighborAnnouncer announcer;
  private final ChecksumForms forms;
  private final Transmitter transmitter;
  private final Map<Family, AdvertisementReceiver> receivers = new EnumMap<>(Family.class);

  private Attachment(
      HostLinks.Selection.Found place,
      RouterSettings settings,
      AdvertisementChannel channel,
      NeighborAnnouncer announcer,
      ChecksumForms forms,
      RouterObserver observer) {
    this.place = place;
    this.settings = settings;
    this.channel = channel;
    this.announcer = announcer;
    this.forms = forms;
    this.transmitter = new Transmitter(channel, settings, place.sources(), observer);
    place.sources().keySet().forEach(family -> receivers.put(family, judge(family)));
  }

  static Attachment open(
      HostNetwork network,
      HostLinks.Selection.Found place,
      RouterSettings settings,
      RouterObserver observer)
      throws OperatingException {
    AdvertisementChannel channel =
        network.openChannel(
            place.link(),
            place.sources().keySet(),
            settings.group().cast() == Cast.MULTICAST,
            new LinkedHashSet<>(place.sources().values()));
    try {
      NeighborAnnouncer announcer = network.openAnnouncer(place.link(), place.sources().keySet());
      ChecksumForms forms = new ChecksumForms(settings.router().version());
      return new Attachment(place, settings, channel, announcer, forms, observer);
    } catch (OperatingException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * The same sockets under other settings, so that no advert in their queues is lost.
   *
   * @return null where other sockets are needed
   */
  @Nullable Attachment adapted(
      HostLinks.Selection.Found next, RouterSettings changed, RouterObserver observer) {
    boolean fits =
        place.link().equals(next.link())
            && place.sources().equals(next.sources())
            && settings.group().cast() == changed.group().cast()
            && settings.router().version() == changed.router().version();
    return fits ? new Attachment(next, changed, channel, announcer, forms, observer) : null;
  }

  private AdvertisementReceiver judge(Family family) {
    RouterSettings.Group group = settings.group();
    return new AdvertisementReceiver(
        new ReceivePolicy(
            settings.router().version(),
            group.vrid(),
            settings.router().interval(),
            group.authentication(),
            new Segment(group.cast(), place.own(), members(family)),
            settings.addressesOf(family)));
  }

  /**
   * Whom to listen to; null for anyone. IPv6 adverts come from link-local addresses: where the
   * members list none, every one of them is accepted.
   */
  private @Nullable Set<InetAddress> members(Family family) {
    if (settings.group().acceptAny()) {
      return null;
    }
    Set<InetAddress> members = new HashSet<>();
    for (RouterSettings.Member member : settings.others()) {
      for (InetAddress address : member.addresses()) {
        if (Family.of(address) == family) {
          members.add(address);
        }
      }
    }
    boolean unlisted =
        family == Family.IPV6
            && settings.group().cast() == Cast.MULTICAST
            && members.stream().noneMatch(InetAddress::isLinkLocalAddress);
    return unlisted ? null : members;
  }

  /** Whether nothing has changed. */
  boolean serves(HostLinks.Selection.Found next, RouterSettings changed) {
    return place.equals(next) && settings.equals(changed);
  }

  NetworkInterfaceState link() {
    return place.link();
  }

  /** Our address in the electing family. */
  InetAddress source() {
    InetAddress source = place.sources().get(settings.electing());
    if (source == null) {
      throw new IllegalStateException("no source address in the electing family");
    }
    return source;
  }

  AdvertisementChannel channel() {
    return channel;
  }

  NeighborAnnouncer announcer() {
    return announcer;
  }

  Transmitter transmitter() {
    return transmitter;
  }

  /** Which checksum form each sender uses. */
  ChecksumForms forms() {
    return forms;
  }

  @Nullable AdvertisementReceiver receiver(ReceivedDatagram datagram) {
    return receivers.get(datagram.family);
  }

  @Override
  public void close() {
    channel.close();
    announcer.close();
  }
}
