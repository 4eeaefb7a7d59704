package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Active;
import io.apiservervip.agent.vrrp.Event;
import io.apiservervip.agent.vrrp.Leaving;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks every second or two who holds the first virtual address, and which station the Active is:
 * answers of a station that is not the Active are evidence of a split brain. Loop thread.
 */
final class Prober {
  private static final long QUIET_NANOS = 2_000_000_000L;
  private static final long ALERT_NANOS = 1_000_000_000L;

  private final Machine machine;
  private final SplitBrainWatch splitBrain;
  private long nextNanos;
  private @Nullable InetAddress activeSource;

  Prober(Machine machine, SplitBrainWatch splitBrain) {
    this.machine = machine;
    this.splitBrain = splitBrain;
  }

  void drain(long nowNanos) {
    Attachment attachment = machine.attachment();
    if (attachment != null) {
      attachment.announcer().drain((address, mac) -> heard(address, mac, nowNanos));
    }
  }

  private void heard(InetAddress address, MacAddress mac, long nowNanos) {
    if (address.equals(activeSource)) {
      splitBrain.activeAnswered(mac);
      return;
    }
    splitBrain.claimed(mac);
    machine.step(new Event.NeighborClaimed(), nowNanos);
  }

  void probe(long nowNanos) {
    Attachment attachment = machine.attachment();
    if (attachment == null || nowNanos < nextNanos) {
      return;
    }
    boolean weAreActive = machine.state() instanceof Active;
    if (!(machine.state() instanceof Leaving)) {
      splitBrain.endRound(weAreActive, nowNanos);
    }
    nextNanos = nowNanos + (splitBrain.strangers().isEmpty() ? QUIET_NANOS : ALERT_NANOS);
    activeSource = weAreActive ? null : machine.activeSource(nowNanos);
    ask(attachment, weAreActive);
  }

  private void ask(Attachment attachment, boolean weAreActive) {
    InetAddress virtual = machine.settings().addresses().getFirst().address();
    List<InetAddress> watched = new ArrayList<>();
    machine.settings().addresses().forEach(address -> watched.add(address.address()));
    InetAddress active = activeSource;
    if (active != null) {
      watched.add(active);
    }
    attachment.announcer().watch(watched);
    attachment.announcer().probe(virtual, attachment.source());
    if (active != null && !weAreActive) {
      attachment.announcer().probe(active, attachment.source());
    }
  }
}
