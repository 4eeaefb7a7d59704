package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Rejection;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges by evidence whether two nodes hold the address: an Active that goes on hearing another
 * one, or three probes in a row answered by a station that is not the Active. Evidence must last
 * {@code max(3 s, 2 × addressLifetime)}, so that neither a crash nor a planned move raises it.
 * Owned by the loop thread.
 */
final class SplitBrainWatch {
  private static final long SECOND = 1_000_000_000L;
  private static final int PROBES = 3;
  private static final int MAX_STATIONS = 16;

  /** Evidence of one kind against one rival. */
  private static final class Evidence {
    private long firstNanos;
    private long lastNanos;
    private int count;
  }

  private final Map<InetAddress, Evidence> heardActives = new HashMap<>();
  private final Map<MacAddress, Evidence> strangers = new HashMap<>();
  private final Map<Rejection, Long> rejectedNanos = new EnumMap<>(Rejection.class);
  private final Set<MacAddress> answering = new LinkedHashSet<>();
  private @Nullable MacAddress activeMac;

  /** A packet for our group was discarded: a likely cause, should it come to that. */
  void rejected(Rejection reason, long nowNanos) {
    rejectedNanos.put(reason, nowNanos);
  }

  /** While Active: an advert of another Active, which should have fallen silent at ours. */
  void otherActive(InetAddress source, long nowNanos) {
    if (heardActives.size() < MAX_STATIONS || heardActives.containsKey(source)) {
      add(heardActives.computeIfAbsent(source, _ -> new Evidence()), nowNanos);
    }
  }

  /** The station that answers for the Active's own address. */
  void activeAnswered(MacAddress mac) {
    activeMac = mac;
  }

  /** A station claimed a virtual address. */
  void claimed(MacAddress mac) {
    if (answering.size() < MAX_STATIONS) {
      answering.add(mac);
    }
  }

  /**
   * Ends one round of probing: who answered is held against the Active's station.
   *
   * @param weAreActive then every answer comes from somebody else
   */
  void endRound(boolean weAreActive, long nowNanos) {
    for (MacAddress mac : answering) {
      boolean stranger =
          weAreActive || (activeMac != null && !mac.equals(activeMac) && !virtual(mac));
      if (stranger) {
        add(strangers.computeIfAbsent(mac, _ -> new Evidence()), nowNanos);
      }
    }
    strangers.keySet().retainAll(answering);
    answering.clear();
  }

  List<MacAddress> strangers() {
    return List.copyOf(strangers.keySet());
  }

  /** The role changed: evidence of the old one proves nothing about the new one. */
  void forget() {
    heardActives.clear();
    strangers.clear();
    answering.clear();
    activeMac = null;
  }

  /**
   * The verdict.
   *
   * @return a sentence with the other's name and the likely cause; null: no split brain
   */
  @Nullable String verdict(long nowNanos, int lifetimeSeconds, long intervalNanos) {
    long needed = Math.max(3, 2L * lifetimeSeconds) * SECOND;
    heardActives.values().removeIf(e -> nowNanos - e.lastNanos > 5 * intervalNanos);
    for (Map.Entry<InetAddress, Evidence> entry : heardActives.entrySet()) {
      if (entry.getValue().lastNanos - entry.getValue().firstNanos >= needed) {
        return entry.getKey().getHostAddress()
            + " is Active too and does not hear this node: "
            + cause(nowNanos, "IP protocol 112 from here is filtered on the way there");
      }
    }
    for (Map.Entry<MacAddress, Evidence> entry : strangers.entrySet()) {
      Evidence evidence = entry.getValue();
      if (evidence.count >= PROBES && evidence.lastNanos - evidence.firstNanos >= needed) {
        return "station "
            + entry.getKey()
            + " holds the address too, and its adverts are not heard: "
            + cause(nowNanos, "IP protocol 112 is filtered, or its VRID differs");
      }
    }
    return null;
  }

  private String cause(long nowNanos, String otherwise) {
    Rejection latest = null;
    long at = nowNanos - 10 * SECOND;
    for (Map.Entry<Rejection, Long> entry : rejectedNanos.entrySet()) {
      if (entry.getValue() > at) {
        latest = entry.getKey();
        at = entry.getValue();
      }
    }
    return latest == null ? otherwise : "packets of this VRID are rejected here as " + latest.tag();
  }

  private static void add(Evidence evidence, long nowNanos) {
    if (evidence.count == 0) {
      evidence.firstNanos = nowNanos;
    }
    evidence.lastNanos = nowNanos;
    evidence.count++;
  }

  /** The virtual router's MAC address (RFC 9568 §7.3) is the Active's own in VMAC mode. */
  private static boolean virtual(MacAddress mac) {
    long prefix = mac.bits() >>> 8;
    return prefix == 0x00005e0001L || prefix == 0x00005e0002L;
  }
}
