package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.AdvertisementReceiver;
import io.apiservervip.agent.vrrp.Event;
import io.apiservervip.agent.vrrp.Priority;
import io.apiservervip.agent.vrrp.Reception;
import io.apiservervip.agent.vrrp.Rejection;
import io.apiservervip.agent.vrrp.Verdict;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Empties the receive queues: judges each packet, counts it, and passes on what concerns the
 * virtual router. A discarded packet touches no timer. Loop thread.
 */
final class Intake {
  private static final int MAX_PER_TURN = 1024;

  private final Machine machine;
  private final RouterObserver observer;
  private final Neighbours neighbours;
  private final ReceivedDatagram datagram = new ReceivedDatagram();
  private long emptyNanos;
  private boolean drainedBefore;

  Intake(Machine machine, RouterObserver observer, Neighbours neighbours) {
    this.machine = machine;
    this.observer = observer;
    this.neighbours = neighbours;
  }

  /** At most 1,024 packets, so that a flood cannot keep the timers from firing. */
  void drain(long nowNanos) {
    for (int i = 0; i < MAX_PER_TURN; i++) {
      Attachment attachment = machine.attachment();
      if (attachment == null || !attachment.channel().receive(datagram)) {
        emptyNanos = nowNanos;
        drainedBefore = true;
        return;
      }
      AdvertisementReceiver receiver = attachment.receiver(datagram);
      if (receiver != null) {
        judge(attachment, receiver, nowNanos);
      }
    }
  }

  /**
   * When the kernel received the packet: not before the queues were last seen empty, whatever a
   * stepped wall clock makes of the timestamp.
   */
  private long receivedNanos(long nowNanos) {
    long most = drainedBefore ? nowNanos - emptyNanos : 0;
    return nowNanos - Math.clamp(datagram.ageNanos, 0, most);
  }

  private void judge(Attachment attachment, AdvertisementReceiver receiver, long nowNanos) {
    Verdict verdict =
        receiver.receive(
            datagram.family, datagram.packet, datagram.source, datagram.destination, datagram.ttl);
    InetAddress source = datagram.source;
    switch (verdict) {
      case Verdict.Admitted admitted when source != null -> {
        note(attachment, admitted, source, nowNanos);
        admit(admitted, source, nowNanos);
      }
      case Verdict.Admitted _ -> {}
      case Reception.Rejected rejected -> reject(rejected, source, nowNanos);
    }
  }

  private void admit(Verdict.Admitted admitted, InetAddress source, long nowNanos) {
    Priority priority = admitted.advertisement().priority();
    boolean resign = priority.equals(Priority.RESIGN);
    observer.advertReceived(admitted.form(), resign);
    neighbours.segment().heard(admitted.advertisement().vrid().value(), nowNanos);
    if (datagram.family != machine.settings().electing()) {
      return;
    }
    long at = receivedNanos(nowNanos);
    Event.AdvertReceived advert =
        new Event.AdvertReceived(source, priority, admitted.advertisement().interval(), at);
    neighbours.peers().heard(advert);
    machine.step(advert, nowNanos);
    if (resign) {
      neighbours.splitBrain().resigned(source);
    } else {
      neighbours.splitBrain().advertised(source, at, advert.interval().nanos());
    }
  }

  private void note(
      Attachment attachment, Verdict.Admitted admitted, InetAddress source, long nowNanos) {
    if (attachment.forms().heard(source, admitted.form())) {
      warn(
          "checksum",
          source,
          "sends checksum form " + admitted.form() + " and may reject ours",
          nowNanos);
    }
    if (admitted.intervalDiffers()) {
      warn("interval", source, "advertises at another interval", nowNanos);
    }
    if (admitted.listDiffers()) {
      warn("addresses", source, "advertises other addresses than ours", nowNanos);
    }
  }

  private void reject(Reception.Rejected rejected, @Nullable InetAddress source, long nowNanos) {
    Rejection reason = rejected.reason();
    observer.advertRejected(reason, source);
    if (rejected.intact() && rejected.vrid() > 0) {
      neighbours.segment().heard(rejected.vrid(), nowNanos);
    }
    if (rejected.vrid() == 0) {
      return;
    }
    boolean member = source != null && machine.settings().isMember(source);
    if (member || reason != Rejection.UNKNOWN_VRID) {
      neighbours.splitBrain().rejected(reason, nowNanos);
    }
    if (rejected.foreign() && source != null) {
      warn("foreign", source, "uses this VRID, rejected as " + reason.tag(), nowNanos);
      machine.step(new Event.ForeignHeard(reason, source, receivedNanos(nowNanos)), nowNanos);
    }
  }

  private void warn(String kind, InetAddress source, String text, long nowNanos) {
    if (neighbours.warnings().due(kind, source, nowNanos)) {
      String line = source.getHostAddress() + " " + text;
      neighbours.warnings().add(kind, source, line, nowNanos);
      observer.warning(kind + " " + source.getHostAddress(), line);
    }
  }
}
