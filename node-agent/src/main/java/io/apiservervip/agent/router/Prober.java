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
  private final Surroundings surroundings;
  private final SplitBrainWatch splitBrain;
  private final RouterObserver observer;
  private @Nullable Attachment asked;
  private long nextNanos;
  private @Nullable InetAddress activeSource;
  private int watchErrno;

  Prober(
      Machine machine,
      Surroundings surroundings,
      SplitBrainWatch splitBrain,
      RouterObserver observer) {
    this.machine = machine;
    this.surroundings = surroundings;
    this.splitBrain = splitBrain;
    this.observer = observer;
  }

  void drain(long nowNanos) {
    Attachment attachment = machine.attachment();
    if (attachment != null) {
      attachment.announcer().drain((address, mac) -> heard(address, mac, nowNanos));
    }
  }

  /** Another interface of this host on the same link answers for us, and is no one else. */
  private void heard(InetAddress address, MacAddress mac, long nowNanos) {
    if (surroundings.isOwn(mac)) {
      return;
    }
    if (machine.settings().isVirtual(address)) {
      splitBrain.claimed(mac);
      machine.step(new Event.NeighborClaimed(), nowNanos);
    } else if (address.equals(activeSource)) {
      splitBrain.activeAnswered(mac);
    }
  }

  void probe(long nowNanos) {
    Attachment attachment = machine.attachment();
    if (attachment == null || (attachment == asked && nowNanos < nextNanos)) {
      return;
    }
    asked = attachment;
    boolean weAreActive = machine.state() instanceof Active;
    if (!(machine.state() instanceof Leaving)) {
      splitBrain.endRound(weAreActive, nowNanos);
    }
    nextNanos = nowNanos + (splitBrain.strangers().isEmpty() ? QUIET_NANOS : ALERT_NANOS);
    activeSource = weAreActive ? null : machine.activeSource(nowNanos);
    splitBrain.activeIs(activeSource);
    ask(attachment, activeSource);
  }

  private void ask(Attachment attachment, @Nullable InetAddress active) {
    List<VirtualAddress> virtual = machine.settings().addresses();
    List<InetAddress> watched = new ArrayList<>(virtual.size() + 1);
    for (int i = 0; i < virtual.size() && i < NeighborAnnouncer.MAX_WATCHED - 1; i++) {
      watched.add(virtual.get(i).address());
    }
    if (active != null) {
      watched.add(active);
    }
    tell(attachment.announcer().watch(watched));
    attachment.announcer().probe(virtual.getFirst().address(), attachment.source());
    if (active != null) {
      attachment.announcer().probe(active, attachment.source());
    }
  }

  /** Once for each way in which it fails, not at every probe. */
  private void tell(int errno) {
    if (errno != 0 && errno != watchErrno) {
      observer.warning(
          "neighbours",
          "the kernel refused a packet filter (errno "
              + errno
              + "): a split brain may go unnoticed; raise net.core.optmem_max if it is 12");
    }
    watchErrno = errno;
  }
}
