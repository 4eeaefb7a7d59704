package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Advertisement;
import io.apiservervip.agent.vrrp.AdvertisementCodec;
import io.apiservervip.agent.vrrp.Cast;
import io.apiservervip.agent.vrrp.Family;
import io.apiservervip.agent.vrrp.Priority;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends one advert in every family, to the group or to each peer. Loop thread. */
final class Transmitter {

  /** One copy of an advert. */
  private record Destination(
      Family family, InetAddress source, InetAddress target, List<InetAddress> addresses) {}

  private final AdvertisementChannel channel;
  private final RouterSettings settings;
  private final RouterObserver observer;
  private final List<Destination> destinations = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(ReceivedDatagram.CAPACITY);

  Transmitter(
      AdvertisementChannel channel,
      RouterSettings settings,
      Map<Family, InetAddress> sources,
      RouterObserver observer) {
    this.channel = channel;
    this.settings = settings;
    this.observer = observer;
    sources.forEach(this::addDestinations);
  }

  private void addDestinations(Family family, InetAddress source) {
    List<InetAddress> addresses = settings.addressesOf(family);
    if (settings.group().cast() == Cast.MULTICAST) {
      destinations.add(new Destination(family, source, family.multicastGroup(), addresses));
      return;
    }
    for (RouterSettings.Member member : settings.others()) {
      for (InetAddress target : member.addresses()) {
        if (Family.of(target) == family) {
          destinations.add(new Destination(family, source, target, addresses));
        }
      }
    }
  }

  /**
   * Sends to all.
   *
   * @return false if not one copy left
   */
  boolean send(Priority priority) {
    boolean resign = priority.equals(Priority.RESIGN);
    boolean any = destinations.isEmpty();
    for (int i = 0; i < destinations.size(); i++) {
      Destination to = destinations.get(i);
      buffer.clear();
      AdvertisementCodec.encode(advert(priority, to), to.source(), to.target(), buffer);
      buffer.flip();
      int errno = channel.send(to.family(), to.source(), to.target(), buffer);
      if (errno == 0) {
        observer.advertSent(resign);
        any = true;
      } else {
        observer.sendFailed(errno);
      }
    }
    return any;
  }

  private Advertisement advert(Priority priority, Destination to) {
    return new Advertisement(
        settings.router().version(),
        settings.group().vrid(),
        priority,
        settings.router().interval(),
        to.addresses(),
        settings.group().authentication());
  }
}
