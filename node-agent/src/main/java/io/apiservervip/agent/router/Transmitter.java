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
import org.jspecify.annotations.Nullable;

/**
 * Sends one advert in every family, to the group or to each peer. What was sent last is kept, since
 * an Active repeats itself for days. Loop thread.
 */
final class Transmitter {

  /** Where one copy of an advert goes, and the last one that went there. */
  private static final class Destination {
    private final Family family;
    private final InetAddress source;
    private final InetAddress target;
    private @Nullable Priority encoded;
    private ByteBuffer message = ByteBuffer.allocate(0);

    Destination(Family family, InetAddress source, InetAddress target) {
      this.family = family;
      this.source = source;
      this.target = target;
    }
  }

  private final AdvertisementChannel channel;
  private final RouterSettings settings;
  private final RouterObserver observer;
  private final List<Destination> destinations = new ArrayList<>();

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
    if (settings.group().cast() == Cast.MULTICAST) {
      destinations.add(new Destination(family, source, family.multicastGroup()));
      return;
    }
    for (RouterSettings.Member member : settings.others()) {
      for (InetAddress target : member.addresses()) {
        if (Family.of(target) == family) {
          destinations.add(new Destination(family, source, target));
        }
      }
    }
  }

  /**
   * Sends to all.
   *
   * @return false if not one copy left in the family that elects, though there was one to send
   */
  boolean send(Priority priority) {
    boolean resign = priority.equals(Priority.RESIGN);
    boolean wanted = false;
    boolean left = false;
    for (int i = 0; i < destinations.size(); i++) {
      Destination to = destinations.get(i);
      int errno = channel.send(to.family, to.source, to.target, message(to, priority));
      if (errno == 0) {
        observer.advertSent(resign);
      } else {
        observer.sendFailed(errno);
      }
      if (to.family == settings.electing()) {
        wanted = true;
        left |= errno == 0;
      }
    }
    return left || !wanted;
  }

  private ByteBuffer message(Destination to, Priority priority) {
    if (!priority.equals(to.encoded)) {
      ByteBuffer buffer = ByteBuffer.allocate(ReceivedDatagram.CAPACITY);
      AdvertisementCodec.encode(advert(priority, to.family), to.source, to.target, buffer);
      to.message = ByteBuffer.allocate(buffer.position()).put(buffer.flip()).flip();
      to.encoded = priority;
    }
    return to.message;
  }

  private Advertisement advert(Priority priority, Family family) {
    return new Advertisement(
        settings.router().version(),
        settings.group().vrid(),
        priority,
        settings.router().interval(),
        settings.addressesOf(family),
        settings.group().authentication());
  }
}
