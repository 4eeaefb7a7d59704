package io.apiservervip.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.router.MacAddress;
import io.apiservervip.agent.router.NeighborAnnouncer;
import io.apiservervip.agent.router.NetworkInterfaceState;
import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bounds and failures of packet sockets; needs root. */
@Tag("netns")
class NeighborAnnouncerIT {
  private static final Set<Family> BOTH = EnumSet.allOf(Family.class);
  private static final InetAddress VIP = InetAddress.ofLiteral("10.99.0.50");
  private static final InetAddress VIP6 = InetAddress.ofLiteral("fd00:99::50");
  private Namespaces namespaces;
  private LinuxHostNetwork a;
  private LinuxHostNetwork b;

  @BeforeEach
  void setUp() throws Exception {
    namespaces = new Namespaces("ly");
    a = Namespaces.inside(namespaces.a(), LinuxHostNetwork::open);
    b = Namespaces.inside(namespaces.b(), LinuxHostNetwork::open);
  }

  @AfterEach
  void tearDown() {
    a.close();
    b.close();
    namespaces.close();
  }

  private NeighborAnnouncer openA() throws Exception {
    NetworkInterfaceState link = namespaces.link(a, namespaces.a());
    return Namespaces.inside(namespaces.a(), () -> a.openAnnouncer(link, BOTH));
  }

  private NeighborAnnouncer openB() throws Exception {
    NetworkInterfaceState link = namespaces.link(b, namespaces.b());
    return Namespaces.inside(namespaces.b(), () -> b.openAnnouncer(link, BOTH));
  }

  private static List<InetAddress> drain(NeighborAnnouncer announcer) {
    List<InetAddress> claims = new ArrayList<>();
    announcer.drain((address, _) -> claims.add(address));
    return claims;
  }

  @Test
  void floodInOneFamilyDoesNotStarveTheOther() throws Exception {
    try (NeighborAnnouncer speaker = openA();
        NeighborAnnouncer listener = openB()) {
      assertThat(listener.watch(List.of(VIP, VIP6))).isZero();
      for (int i = 0; i < 20; i++) {
        assertThat(speaker.announce(VIP)).isZero();
      }
      for (int i = 0; i < 33; i++) {
        assertThat(speaker.announce(VIP6)).isZero();
      }
      namespaces.script("sleep 0.1");
      List<InetAddress> first = drain(listener);
      assertThat(Collections.frequency(first, VIP)).isEqualTo(32);
      assertThat(Collections.frequency(first, VIP6)).isEqualTo(32);
      List<InetAddress> second = drain(listener);
      assertThat(Collections.frequency(second, VIP)).isEqualTo(8);
      assertThat(Collections.frequency(second, VIP6)).isEqualTo(1);
      assertThat(drain(listener)).isEmpty();
    }
  }

  @Test
  void unwatchedAddressesAreFilteredInTheKernel() throws Exception {
    NetworkInterfaceState link = namespaces.link(b, namespaces.b());
    try (NeighborAnnouncer speaker = openA();
        NeighborSocket socket =
            Namespaces.inside(
                namespaces.b(), () -> NeighborSocket.open(Kernel.load(), link, Family.IPV4))) {
      assertThat(socket.watch(List.of(new byte[] {10, 99, 0, 51}))).isZero();
      speaker.announce(VIP);
      speaker.announce(InetAddress.ofLiteral("10.99.0.51"));
      namespaces.script("sleep 0.1");
      assertThat(senderOf(socket.receive())).isEqualTo(0x0a630033);
      assertThat(senderOf(socket.receive())).isEqualTo(0x0a630033);
      assertThat(socket.receive().hasRemaining()).isFalse();
    }
  }

  @Test
  void filterThatTheKernelRefusesGivesWayToOneThatPassesEveryClaim() throws Exception {
    NetworkInterfaceState link = namespaces.link(b, namespaces.b());
    List<byte[]> moreThanFit = Collections.nCopies(2_200, new byte[] {10, 99, 0, 51});
    try (NeighborAnnouncer speaker = openA();
        NeighborSocket socket =
            Namespaces.inside(
                namespaces.b(), () -> NeighborSocket.open(Kernel.load(), link, Family.IPV4))) {
      assertThat(socket.watch(moreThanFit)).isZero();
      speaker.announce(VIP);
      namespaces.script("sleep 0.1");
      assertThat(senderOf(socket.receive())).isEqualTo(0x0a630032);
    }
    try (NeighborAnnouncer speaker = openA();
        NeighborSocket socket =
            Namespaces.inside(
                namespaces.b(), () -> NeighborSocket.open(Kernel.load(), link, Family.IPV6))) {
      assertThat(socket.watch(Collections.nCopies(500, new byte[16]))).isZero();
      speaker.announce(VIP6);
      namespaces.script("sleep 0.1");
      assertThat(ClaimCodec.claimed(socket.receive(), List.of(VIP6))).isEqualTo(VIP6);
    }
  }

  @Test
  void filterThatCannotBeReplacedAtAllIsTold() throws Exception {
    NetworkInterfaceState link = namespaces.link(b, namespaces.b());
    NeighborSocket socket =
        Namespaces.inside(
            namespaces.b(), () -> NeighborSocket.open(Kernel.load(), link, Family.IPV4));
    socket.close();
    assertThat(socket.watch(List.of(VIP.getAddress()))).as("EBADF").isEqualTo(9);
  }

  private static int senderOf(ByteBuffer frame) {
    byte[] bytes = new byte[4];
    frame.get(28, bytes);
    return ByteBuffer.wrap(bytes).getInt();
  }

  @Test
  void interfaceWithoutArpIsLeftAlone() throws Exception {
    namespaces.script("ip -n Na link set N0 arp off");
    NetworkInterfaceState link = namespaces.link(a, namespaces.a());
    assertThat(link.noArp()).isTrue();
    int peer = namespaces.link(b, namespaces.b()).index();
    try (NeighborAnnouncer announcer = openA();
        FrameTap tap = Namespaces.inside(namespaces.b(), () -> FrameTap.open(0x0806, peer))) {
      assertThat(announcer.watch(List.of(VIP, VIP6))).isZero();
      assertThat(announcer.announce(VIP)).isZero();
      assertThat(announcer.probe(VIP, InetAddress.ofLiteral("10.99.0.1"))).isZero();
      assertThat(tap.next()).isEmpty();
      assertThat(drain(announcer)).isEmpty();
    }
  }

  @Test
  void changedMacIsUsedByAnAnnouncerThatIsOpenedAnew() throws Exception {
    namespaces.script("ip -n Na link set N0 address 02:00:00:00:00:77");
    List<MacAddress> heard = new ArrayList<>();
    try (NeighborAnnouncer speaker = openA();
        NeighborAnnouncer listener = openB()) {
      listener.watch(List.of(VIP6));
      speaker.announce(VIP6);
      namespaces.script("sleep 0.1");
      listener.drain((_, mac) -> heard.add(mac));
    }
    assertThat(heard).containsExactly(new MacAddress(0x020000000077L));
  }
}
