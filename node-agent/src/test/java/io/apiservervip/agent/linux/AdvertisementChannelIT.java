package io.apiservervip.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.router.AdvertisementChannel;
import io.apiservervip.agent.router.NetworkInterfaceState;
import io.apiservervip.agent.router.ReceivedDatagram;
import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What adverts look like on the wire, and unicast; needs root. */
@Tag("netns")
class AdvertisementChannelIT {
  private static final Set<Family> BOTH = EnumSet.allOf(Family.class);
  private static final InetAddress A4 = InetAddress.ofLiteral("10.99.0.1");
  private static final InetAddress B4 = InetAddress.ofLiteral("10.99.0.2");
  private static final InetAddress A6 = InetAddress.ofLiteral("fd00:99::1");
  private static final InetAddress B6 = InetAddress.ofLiteral("fd00:99::2");

  /** As keepalived 2.2.7 sends them. */
  private static final String V3_IPV4 = "31339602000a36c70a0001320a000133";

  private static final String V3_IPV6 =
      "3133960200643f13fe800000000000000000000000000051fd000001000000000000000000000050";
  private Namespaces namespaces;
  private LinuxHostNetwork a;
  private LinuxHostNetwork b;
  private NetworkInterfaceState linkA;
  private NetworkInterfaceState linkB;

  @BeforeEach
  void setUp() throws Exception {
    namespaces = new Namespaces("ly");
    a = Namespaces.inside(namespaces.a(), LinuxHostNetwork::open);
    b = Namespaces.inside(namespaces.b(), LinuxHostNetwork::open);
    linkA = namespaces.link(a, namespaces.a());
    linkB = namespaces.link(b, namespaces.b());
  }

  @AfterEach
  void tearDown() {
    a.close();
    b.close();
    namespaces.close();
  }

  private AdvertisementChannel open(LinuxHostNetwork network, boolean multicast) throws Exception {
    return network == a
        ? Namespaces.inside(
            namespaces.a(), () -> a.openChannel(linkA, BOTH, multicast, Set.of(A4, A6)))
        : Namespaces.inside(
            namespaces.b(), () -> b.openChannel(linkB, BOTH, multicast, Set.of(B4, B6)));
  }

  private static ByteBuffer message(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  @Test
  void multicastOverIpv4HasTheGroupsMacTtl255AndClassCs6() throws Exception {
    try (AdvertisementChannel sender = open(a, true);
        FrameTap tap =
            Namespaces.inside(namespaces.b(), () -> FrameTap.open(0x0800, linkB.index()))) {
      InetAddress group = InetAddress.ofLiteral("224.0.0.18");
      assertThat(sender.send(Family.IPV4, A4, group, message(V3_IPV4))).isZero();
      assertThat(tap.next(50))
          .isEqualTo(
              "01005e0000120200000000010800"
                  + "45c0002400010000ff70d0320a630001e0000012"
                  + V3_IPV4);
    }
  }

  @Test
  void multicastOverIpv6HasTheGroupsMacHopLimit255AndClassCs6() throws Exception {
    try (AdvertisementChannel sender = open(a, true);
        FrameTap tap =
            Namespaces.inside(namespaces.b(), () -> FrameTap.open(0x86dd, linkB.index()))) {
      InetAddress source = InetAddress.ofLiteral("fe80::1");
      InetAddress group = InetAddress.ofLiteral("ff02::12");
      assertThat(sender.send(Family.IPV6, source, group, message(V3_IPV6))).isZero();
      String flowLabel = "[0-9a-f]{5}";
      assertThat(tap.next(94))
          .matches(
              "33330000001202000000000186dd6c0"
                  + flowLabel
                  + "002870fffe800000000000000000000000000001"
                  + "ff020000000000000000000000000012"
                  + V3_IPV6);
    }
  }

  @Test
  void unicastArrivesInBothFamiliesAndMulticastDoesNot() throws Exception {
    try (AdvertisementChannel sender = open(a, false);
        AdvertisementChannel receiver = open(b, false)) {
      ReceivedDatagram into = new ReceivedDatagram();
      for (Family family : BOTH) {
        InetAddress source = family == Family.IPV4 ? A4 : A6;
        InetAddress destination = family == Family.IPV4 ? B4 : B6;
        assertThat(sender.send(family, source, family.multicastGroup(), message(V3_IPV4))).isZero();
        assertThat(sender.send(family, source, destination, message(V3_IPV4))).isZero();
        assertThat(received(receiver, into)).as(family + " unicast").isTrue();
        assertThat(into.family).isEqualTo(family);
        assertThat(into.source).isEqualTo(source);
        assertThat(into.destination).isEqualTo(destination);
        assertThat(into.ttl).isEqualTo(255);
        int header = family == Family.IPV4 ? 20 : 0;
        byte[] payload = new byte[into.packet.limit() - header];
        into.packet.get(header, payload);
        assertThat(HexFormat.of().formatHex(payload)).isEqualTo(V3_IPV4);
        assertThat(receiver.receive(into)).as("multicast").isFalse();
      }
    }
  }

  /** The first packet waits for its neighbour to be resolved. */
  private boolean received(AdvertisementChannel receiver, ReceivedDatagram into) {
    boolean received = receiver.receive(into);
    for (int i = 0; i < 20 && !received; i++) {
      b.waiter().await(100_000_000);
      b.links().drain(event -> {});
      received = receiver.receive(into);
    }
    return received;
  }

  @Test
  void interfaceThatReturnsHasAnotherIndexAndOldSocketsFail() throws Exception {
    try (AdvertisementChannel old = open(a, true)) {
      namespaces.script(
          "ip -n Na link del N0;"
              + " ip link add N0 netns Na address 02:00:00:00:00:01 type veth"
              + " peer name N1 netns Nb;"
              + " ip -n Na addr add 10.99.0.1/24 dev N0; ip -n Na link set N0 up;"
              + " ip -n Nb addr add 10.99.0.2/24 dev N1; ip -n Nb link set N1 up");
      NetworkInterfaceState again = namespaces.link(a, namespaces.a());
      assertThat(again.index()).isNotEqualTo(linkA.index());
      InetAddress group = Family.IPV4.multicastGroup();
      assertThat(old.send(Family.IPV4, A4, group, message(V3_IPV4))).isIn(6, 19);
      linkA = again;
      linkB = namespaces.link(b, namespaces.b());
      try (AdvertisementChannel sender =
              Namespaces.inside(
                  namespaces.a(),
                  () -> a.openChannel(again, EnumSet.of(Family.IPV4), true, Set.of()));
          AdvertisementChannel receiver =
              Namespaces.inside(
                  namespaces.b(),
                  () -> b.openChannel(linkB, EnumSet.of(Family.IPV4), true, Set.of()))) {
        assertThat(sender.send(Family.IPV4, A4, group, message(V3_IPV4))).isZero();
        assertThat(received(receiver, new ReceivedDatagram())).isTrue();
      }
    }
  }
}
