package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.AdvertisementReceiver;
import io.apiservervip.agent.vrrp.ChecksumForms;
import io.apiservervip.agent.vrrp.Event;
import io.apiservervip.agent.vrrp.Priority;
import io.apiservervip.agent.vrrp.Reception;
import io.apiservervip.agent.vrrp.Rejection;
import io.apiservervip.agent.vrrp.State;
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
  private final PeerTable peers;
  private final SplitBrainWatch splitBrain;
  private final SegmentWatch segment;
  private final Warnings warnings;
  private final ReceivedDatagram datagram = new ReceivedDatagram();
  private ChecksumForms forms;

  Intake(
      Machine machine,
      RouterObserver observer,
      PeerTable peers,
      SplitBrainWatch splitBrain,
      SegmentWatch segment,
      Warnings warnings) {
    this.machine = machine;
    this.observer = observer;
    this.peers = peers;
    this.splitBrain = splitBrain;
    this.segment = segment;
    this.warnings = warnings;
    this.forms = new ChecksumForms(machine.settings().router().version());
  }

  /** At most 1,024 packets, so that a flood cannot keep the timers from firing. */
  void drain(long nowNanos) {
    for (int i = 0; i < MAX_PER_TURN; i++) {
      Attachment attachment = machine.attachment();
      if (attachment == null || !attachment.channel().receive(datagram)) {
        return;
      }
      AdvertisementReceiver receiver = attachment.receiver(datagram);
      if (receiver != null) {
        judge(receiver, nowNanos);
      }
    }
  }

  private void judge(AdvertisementReceiver receiver, long nowNanos) {
    Verdict verdict =
        receiver.receive(
            datagram.family, datagram.packet, datagram.source, datagram.destination, datagram.ttl);
    InetAddress source = datagram.source;
    switch (verdict) {
      case Verdict.Admitted admitted when source != null -> admit(admitted, source, nowNanos);
      case Verdict.Admitted _ -> {}
      case Reception.Rejected rejected -> reject(rejected, source, nowNanos);
    }
  }

  private void admit(Verdict.Admitted admitted, InetAddress source, long nowNanos) {
    Priority priority = admitted.advertisement().priority();
    observer.advertReceived(admitted.form(), priority.equals(Priority.RESIGN));
    segment.heard(admitted.advertisement().vrid().value(), nowNanos);
    note(admitted, source, nowNanos);
    if (datagram.family != machine.settings().electing()) {
      return;
    }
    Event.AdvertReceived advert =
        new Event.AdvertReceived(
            source, priority, admitted.advertisement().interval(), nowNanos - datagram.ageNanos);
    peers.heard(advert);
    boolean active = board(machine.state()) == Role.ACTIVE;
    machine.step(advert, nowNanos);
    if (active && board(machine.state()) == Role.ACTIVE && !priority.equals(Priority.RESIGN)) {
      splitBrain.otherActive(source, nowNanos);
    }
  }

  private static Role board(State state) {
    return Machine.roleOf(state);
  }

  private void note(Verdict.Admitted admitted, InetAddress source, long nowNanos) {
    String from = source.getHostAddress();
    if (forms.heard(source, admitted.form())) {
      warn(
          "checksum " + from,
          from + " sends checksum form " + admitted.form() + " and may reject ours",
          nowNanos);
    }
    if (admitted.intervalDiffers()) {
      warn("interval " + from, from + " advertises at another interval", nowNanos);
    }
    if (admitted.listDiffers()) {
      warn("addresses " + from, from + " advertises other addresses beside ours", nowNanos);
    }
  }

  private void reject(Reception.Rejected rejected, @Nullable InetAddress source, long nowNanos) {
    observer.advertRejected(rejected.reason(), source);
    if (rejected.intact() && rejected.vrid() > 0) {
      segment.heard(rejected.vrid(), nowNanos);
    }
    if (rejected.reason() == Rejection.UNKNOWN_VRID || rejected.vrid() == 0) {
      return;
    }
    splitBrain.rejected(rejected.reason(), nowNanos);
    if (rejected.foreign() && source != null) {
      warn(
          "foreign " + source.getHostAddress(),
          "packets of this VRID from "
              + source.getHostAddress()
              + " are rejected: "
              + rejected.reason().tag(),
          nowNanos);
      machine.step(
          new Event.ForeignHeard(rejected.reason(), source, nowNanos - datagram.ageNanos),
          nowNanos);
    }
  }

  private void warn(String subject, String text, long nowNanos) {
    warnings.add(subject, text, nowNanos);
    observer.warning(subject, text);
  }

  /** Forgets what was learnt of the senders: another virtual router begins. */
  void restart() {
    forms = new ChecksumForms(machine.settings().router().version());
  }
}
