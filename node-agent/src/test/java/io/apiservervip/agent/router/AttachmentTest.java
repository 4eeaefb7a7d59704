package io.apiservervip.agent.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.vrrp.AdvertisementReceiver;
import io.apiservervip.agent.vrrp.Family;
import io.apiservervip.agent.vrrp.Priority;
import io.apiservervip.agent.vrrp.Reception;
import io.apiservervip.agent.vrrp.Rejection;
import io.apiservervip.agent.vrrp.Verdict;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whom a router listens to, and what it sends. */
class AttachmentTest {
  private final FakeHost host = new FakeHost(1, new FakeClock(), new Wire());
  private final RecordingObserver observer = new RecordingObserver();
  private final Nets.Draft draft = Nets.node(1, 200);

  /** As keepalived 2.2.7 sends it from fe80::ff:fe00:1. */
  private static final String V6_ADVERT =
      "3133960200643f13fe800000000000000000000000000051fd000001000000000000000000000050";

  private Attachment open(Map<Family, InetAddress> sources) throws OperatingException {
    HostLinks.Selection.Found place =
        new HostLinks.Selection.Found(Nets.eth0(1), sources, Set.of());
    return Attachment.open(host, place, draft.settings(), observer);
  }

  private Verdict hearV6() throws OperatingException {
    draft.addresses = Nets.virtual(Nets.ip("fd00:1::50"));
    Attachment attachment = open(Map.of(Family.IPV6, Nets.ip("fe80::9")));
    ReceivedDatagram datagram = new ReceivedDatagram();
    datagram.family = Family.IPV6;
    AdvertisementReceiver receiver = Objects.requireNonNull(attachment.receiver(datagram));
    return receiver.receive(
        Family.IPV6,
        ByteBuffer.wrap(HexFormat.of().parseHex(V6_ADVERT)),
        Nets.ip("fe80::ff:fe00:1"),
        Nets.ip("ff02::12"),
        255);
  }

  @Test
  void anyLinkLocalSenderIsHeardWhereTheMembersListNone() throws OperatingException {
    draft.members =
        List.of(
            Nets.member(1),
            new RouterSettings.Member("node-2", List.of(Nets.ip("fd00:1::2"), Nets.host(2))));
    assertThat(hearV6()).isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  void listedLinkLocalMembersExcludeOthers() throws OperatingException {
    draft.members =
        List.of(Nets.member(1), new RouterSettings.Member("node-2", List.of(Nets.ip("fe80::2"))));
    assertThat(hearV6())
        .isInstanceOfSatisfying(
            Reception.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Rejection.NOT_A_MEMBER));
    draft.acceptAny = true;
    assertThat(hearV6()).isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  void advertLooksAsKeepalivedSendsIt() {
    List<String> sent = new ArrayList<>();
    draft.number = 2;
    draft.priority = 150;
    draft.addresses = Nets.virtual(Nets.ip("10.0.1.50"), Nets.ip("10.0.1.51"));
    Transmitter transmitter =
        new Transmitter(
            new Ears(sent, Set.of()),
            draft.settings(),
            Map.of(Family.IPV4, Nets.ip("10.0.1.1")),
            observer);
    assertThat(transmitter.send(new Priority(150))).isTrue();
    assertThat(transmitter.send(new Priority(150))).isTrue();
    assertThat(transmitter.send(Priority.RESIGN)).isTrue();
    assertThat(sent)
        .containsExactly(
            "31339602000a36c70a0001320a000133",
            "31339602000a36c70a0001320a000133",
            "31330002000accc70a0001320a000133");
    assertThat(observer.sent).isEqualTo(3);
    assertThat(observer.resigned).isEqualTo(1);
  }

  @Test
  void familyThatElectsDecidesWhetherSendingFails() {
    draft.addresses = Nets.virtual(Nets.VIP, Nets.ip("fd00:1::50"));
    Map<Family, InetAddress> sources =
        Map.of(Family.IPV4, Nets.host(1), Family.IPV6, Nets.ip("fe80::1"));
    assertThat(sendWithout(Family.IPV4, sources)).isFalse();
    assertThat(sendWithout(Family.IPV6, sources)).isTrue();
    assertThat(observer.failedSends).isEqualTo(2);
  }

  private boolean sendWithout(Family broken, Map<Family, InetAddress> sources) {
    return new Transmitter(
            new Ears(new ArrayList<>(), Set.of(broken)), draft.settings(), sources, observer)
        .send(new Priority(200));
  }

  /** Hears what is sent. */
  private record Ears(List<String> sent, Set<Family> broken) implements AdvertisementChannel {
    @Override
    public int send(
        Family family, InetAddress source, InetAddress destination, ByteBuffer message) {
      byte[] bytes = new byte[message.remaining()];
      message.duplicate().get(bytes);
      sent.add(HexFormat.of().formatHex(bytes));
      return broken.contains(family) ? 1 : 0;
    }

    @Override
    public boolean receive(ReceivedDatagram into) {
      return false;
    }

    @Override
    public void close() {}
  }
}
