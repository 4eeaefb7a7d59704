package io.apiservervip.agent.preflight;

import io.apiservervip.agent.router.MacAddress;
import io.apiservervip.agent.router.Placement;
import io.apiservervip.agent.router.RouterSettings;
import io.apiservervip.agent.vrrp.Cast;
import io.apiservervip.agent.vrrp.Family;
import io.apiservervip.agent.vrrp.Verdict;
import io.apiservervip.agent.vrrp.Version;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the survey of a segment has seen. Changed by the survey's thread alone; findings are made of
 * it when that has ended.
 */
final class Survey {
  private static final long SECOND = 1_000_000_000L;
  private static final int MOST_SENDERS = 256;

  private final String vip;
  private final RouterSettings settings;
  private final Placement.Found place;
  private final Map<PeerKey, PeerSightings> peers = new LinkedHashMap<>();
  private final Map<AdvertKey, HeardAdvert> adverts = new LinkedHashMap<>();
  private final Map<InetAddress, Set<MacAddress>> claims = new LinkedHashMap<>();

  /** Another member in one family. */
  record PeerKey(String node, Family family) {}

  private record AdvertKey(InetAddress source, int vrid) {}

  Survey(String vip, RouterSettings settings, Placement.Found place) {
    this.vip = vip;
    this.settings = settings;
    this.place = place;
    for (Family family : place.sources().keySet()) {
      settings.others().forEach(m -> peers.put(new PeerKey(m.node(), family), new PeerSightings()));
    }
  }

  /** How long to listen for others' adverts at least: as the agent does before its first advert. */
  static long listenNanos(RouterSettings settings) {
    return settings.router().version() == Version.V2
        ? 3 * SECOND
        : Math.max(3 * settings.router().interval().nanos(), SECOND);
  }

  RouterSettings settings() {
    return settings;
  }

  Placement.Found place() {
    return place;
  }

  Map<PeerKey, PeerSightings> peers() {
    return peers;
  }

  /** A preflight's message that got through to this program; one of another resource is nothing. */
  void heard(ProbeMessage message, Family family, Cast way, long nowNanos) {
    PeerSightings peer = peers.get(new PeerKey(message.node(), family));
    if (peer != null && message.vip().equals(vip)) {
      peer.probe(message, way, nowNanos);
    }
  }

  /** An advert that got through, of whatever group. */
  void heard(HeardAdvert advert, Family family, Cast way) {
    AdvertKey key = new AdvertKey(advert.source(), advert.advertisement().vrid().value());
    if (adverts.size() < MOST_SENDERS || adverts.containsKey(key)) {
      adverts.put(key, advert);
    }
    PeerSightings peer = peer(advert.source(), family);
    if (peer != null && advert.verdict() instanceof Verdict.Admitted) {
      peer.advert(way);
    }
  }

  void seen(SegmentTap.Seen seen, long nowNanos) {
    switch (seen) {
      case SegmentTap.Packet packet -> {
        PeerSightings peer = peerOf(packet);
        if (peer != null) {
          boolean group = packet.destination().isMulticastAddress();
          peer.tapped(group ? Cast.MULTICAST : Cast.UNICAST);
        }
      }
      case SegmentTap.Unreachable told -> {
        PeerSightings peer = peer(told.destination(), told.family());
        if (peer != null) {
          peer.unreachable(told, nowNanos);
        }
      }
    }
  }

  void claimed(InetAddress address, MacAddress mac) {
    Set<MacAddress> macs = claims.computeIfAbsent(address, _ -> new LinkedHashSet<>());
    if (macs.size() < MOST_SENDERS) {
      macs.add(mac);
    }
  }

  /** What to tell the others. */
  ProbeMessage message() {
    Map<Cast, Set<String>> heard = new LinkedHashMap<>();
    for (Cast way : Cast.values()) {
      Set<String> nodes = new LinkedHashSet<>();
      peers.forEach(
          (key, peer) -> {
            if (peer.heard(way) && peer.last() != null) {
              nodes.add(key.node());
            }
          });
      heard.put(way, nodes);
    }
    return new ProbeMessage(vip, settings.self(), heard);
  }

  /** Whether nothing more is to be learnt of the other members. */
  boolean settled() {
    return peers.values().stream()
        .allMatch(peer -> peer.bothWays(settings.self(), settings.group().cast()));
  }

  /** The findings on the segment. */
  List<Finding> findings(String free, long listenedNanos, long nowNanos) {
    List<Finding> findings = new ArrayList<>();
    long seconds = Math.max(1, Math.round(listenedNanos / (double) SECOND));
    findings.add(VridFinding.of(settings, adverts.values(), free, seconds));
    findings.addAll(answers());
    PeerFindings judge =
        new PeerFindings(settings.self(), place.link().name(), settings.group().cast());
    peers.forEach((key, peer) -> findings.add(judge.of(key.node(), key.family(), peer, nowNanos)));
    return findings;
  }

  private List<Finding> answers() {
    Map<MacAddress, String> names = new LinkedHashMap<>();
    Set<String> active = new LinkedHashSet<>();
    for (RouterSettings.Member member : settings.others()) {
      for (InetAddress address : member.addresses()) {
        claims.getOrDefault(address, Set.of()).forEach(mac -> names.put(mac, member.node()));
      }
    }
    peers.forEach(
        (key, peer) -> {
          if (peer.adverts()) {
            active.add(key.node());
          }
        });
    AnswerFinding judge = new AnswerFinding(names, active);
    return settings.addresses().stream()
        .map(
            virtual ->
                place.link().noArp()
                    ? AnswerFinding.unasked(
                        virtual.address(), place.link().name() + " speaks neither ARP nor ND")
                    : judge.of(virtual.address(), claims.getOrDefault(virtual.address(), Set.of())))
        .toList();
  }

  private @Nullable PeerSightings peerOf(SegmentTap.Packet packet) {
    ProbeMessage message = ProbeMessage.decode(packet.payload());
    return message == null
        ? peer(packet.source(), packet.family())
        : peers.get(new PeerKey(message.node(), packet.family()));
  }

  private @Nullable PeerSightings peer(InetAddress address, Family family) {
    return settings.others().stream()
        .filter(member -> member.addresses().contains(address))
        .findFirst()
        .map(member -> peers.get(new PeerKey(member.node(), family)))
        .orElse(null);
  }
}
