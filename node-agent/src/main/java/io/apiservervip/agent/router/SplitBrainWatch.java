package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Rejection;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges by evidence whether two nodes hold the address: an Active that goes on hearing another
 * one, a Backup that goes on hearing two, or three probes in a row answered by a station that is
 * not the Active. Evidence must last {@code max(3 s, 2 × addressLifetime)}, so that neither a crash
 * nor a planned move raises it. Owned by the loop thread.
 */
final class SplitBrainWatch {
  private static final long SECOND = 1_000_000_000L;
  private static final int PROBES = 3;
  private static final int MAX_STATIONS = 16;
  private static final int FRESH_INTERVALS = 4;

  /** An unbroken row of adverts from one sender. */
  private static final class Reign {
    private long firstNanos;
    private long lastNanos;
    private long intervalNanos;

    boolean fresh(long nowNanos) {
      return nowNanos - lastNanos <= FRESH_INTERVALS * intervalNanos;
    }
  }

  /** An unbroken row of probes that a stranger answered. */
  private static final class Answers {
    private long firstNanos;
    private long lastNanos;
    private int count;
  }

  private final Map<InetAddress, Reign> actives = new LinkedHashMap<>();
  private final Map<MacAddress, Answers> strangers = new HashMap<>();
  private final LikelyCause cause = new LikelyCause();
  private final Set<MacAddress> answering = new HashSet<>();
  private final Set<MacAddress> activeMacs = new HashSet<>();
  private @Nullable InetAddress active;

  /** Somebody else than the Active advertised in this round of probing: it has moved meanwhile. */
  private boolean moved;

  /** A packet of our group, or of a member, was discarded: a likely cause, should it come to it. */
  void rejected(Rejection reason, long nowNanos) {
    cause.rejected(reason, nowNanos);
  }

  /** Somebody advertised as Active. */
  void advertised(InetAddress source, long receivedNanos, long intervalNanos) {
    moved |= !source.equals(active);
    Reign reign = actives.get(source);
    if (reign == null) {
      if (actives.size() >= MAX_STATIONS) {
        actives.values().removeIf(old -> !old.fresh(receivedNanos));
      }
      if (actives.size() >= MAX_STATIONS) {
        return;
      }
      reign = new Reign();
      reign.firstNanos = receivedNanos;
      actives.put(source, reign);
    } else if (!reign.fresh(receivedNanos)) {
      reign.firstNanos = receivedNanos;
    }
    reign.lastNanos = receivedNanos;
    reign.intervalNanos = intervalNanos;
  }

  /** Somebody resigned. */
  void resigned(InetAddress source) {
    actives.remove(source);
  }

  /** Whom probes are held against from now on; what was learnt of another one is forgotten. */
  void activeIs(@Nullable InetAddress source) {
    if (source == null || !source.equals(active)) {
      active = source;
      activeMacs.clear();
      answering.clear();
    }
  }

  /** A station that answers for the Active's own address; with two NICs there it may be two. */
  void activeAnswered(MacAddress mac) {
    if (activeMacs.size() < MAX_STATIONS) {
      activeMacs.add(mac);
    }
  }

  /** A station claimed a virtual address. */
  void claimed(MacAddress mac) {
    if (answering.size() < MAX_STATIONS) {
      answering.add(mac);
    }
  }

  /**
   * Ends one round of probing: who answered is held against the Active's station. A round in which
   * another router advertised proves nothing: it may have been Active between two probes.
   *
   * @param weAreActive then every answer comes from somebody else
   */
  void endRound(boolean weAreActive, long nowNanos) {
    answering.removeIf(mac -> moved || (!weAreActive && (activeMacs.isEmpty() || isActives(mac))));
    moved = false;
    strangers.keySet().retainAll(answering);
    for (MacAddress mac : answering) {
      Answers answers = strangers.computeIfAbsent(mac, _ -> new Answers());
      answers.firstNanos = answers.count == 0 ? nowNanos : answers.firstNanos;
      answers.lastNanos = nowNanos;
      answers.count++;
    }
    answering.clear();
  }

  /** The virtual router's MAC address (RFC 9568 §7.3) is the Active's own in VMAC mode. */
  private boolean isActives(MacAddress mac) {
    long prefix = mac.bits() >>> 8;
    return activeMacs.contains(mac) || prefix == 0x00005e0001L || prefix == 0x00005e0002L;
  }

  List<MacAddress> strangers() {
    return List.copyOf(strangers.keySet());
  }

  /** The role changed: evidence of the old one proves nothing about the new one. */
  void forget() {
    actives.clear();
    strangers.clear();
    answering.clear();
    activeMacs.clear();
    active = null;
    moved = false;
  }

  /**
   * The verdict.
   *
   * @return a sentence with both names and the likely cause; null: no split brain
   */
  @Nullable String verdict(boolean weAreActive, RouterSettings settings, long nowNanos) {
    long needed = Math.max(3, 2L * settings.lifetimeSeconds()) * SECOND;
    actives.values().removeIf(reign -> !reign.fresh(nowNanos));
    String twoActives =
        weAreActive ? besideUs(settings, needed, nowNanos) : beside(settings, needed, nowNanos);
    return twoActives != null ? twoActives : byProbes(weAreActive, settings, needed, nowNanos);
  }

  private @Nullable String besideUs(RouterSettings settings, long needed, long nowNanos) {
    for (Map.Entry<InetAddress, Reign> entry : actives.entrySet()) {
      Reign reign = entry.getValue();
      if (reign.lastNanos - reign.firstNanos >= needed) {
        return settings.self()
            + " and "
            + settings.nameOf(entry.getKey())
            + " are both Active: "
            + cause.text(
                nowNanos,
                "IP protocol 112 from " + settings.self() + " is filtered on the way there");
      }
    }
    return null;
  }

  private @Nullable String beside(RouterSettings settings, long needed, long nowNanos) {
    for (Map.Entry<InetAddress, Reign> one : actives.entrySet()) {
      for (Map.Entry<InetAddress, Reign> other : actives.entrySet()) {
        long from = Math.max(one.getValue().firstNanos, other.getValue().firstNanos);
        long to = Math.min(one.getValue().lastNanos, other.getValue().lastNanos);
        if (!one.getKey().equals(other.getKey()) && to - from >= needed) {
          return settings.nameOf(one.getKey())
              + " and "
              + settings.nameOf(other.getKey())
              + " are both Active: "
              + cause.text(nowNanos, "IP protocol 112 is filtered between them");
        }
      }
    }
    return null;
  }

  private @Nullable String byProbes(
      boolean weAreActive, RouterSettings settings, long needed, long nowNanos) {
    for (Map.Entry<MacAddress, Answers> entry : strangers.entrySet()) {
      Answers answers = entry.getValue();
      if (answers.count >= PROBES && answers.lastNanos - answers.firstNanos >= needed) {
        InetAddress known = active;
        String holder = weAreActive || known == null ? settings.self() : settings.nameOf(known);
        return holder
            + " is Active, and station "
            + entry.getKey()
            + " answers for the address too: "
            + cause.text(nowNanos, "IP protocol 112 is filtered, or its VRID differs");
      }
    }
    return null;
  }
}
