package io.apiservervip.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.apiservervip.agent.router.AdvertisementChannel;
import io.apiservervip.agent.router.LinkEvent;
import io.apiservervip.agent.router.LoopWaiter;
import io.apiservervip.agent.router.MacAddress;
import io.apiservervip.agent.router.NeighborAnnouncer;
import io.apiservervip.agent.router.NetworkInterfaceState;
import io.apiservervip.agent.router.ReceivedDatagram;
import io.apiservervip.agent.router.VirtualAddress;
import io.apiservervip.agent.vrrp.Family;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real sockets in two namespaces; needs root. */
@Tag("netns")
class LinuxHostNetworkIT {
  private static final Set<Family> BOTH = EnumSet.allOf(Family.class);
  private static final InetAddress VIP = InetAddress.ofLiteral("10.99.0.50");
  private static final InetAddress VIP6 = InetAddress.ofLiteral("fd00:99::50");
  private static final InetAddress A4 = InetAddress.ofLiteral("10.99.0.1");
  private static final InetAddress A6 = InetAddress.ofLiteral("fe80::1");
  private static final byte[] ADVERT = {0x31, 51, 100, 1, 0, 10, 0, 0, 10, 99, 0, 50};
  private Namespaces namespaces;

  @BeforeEach
  void setUp() {
    namespaces = new Namespaces("lx");
  }

  @AfterEach
  void tearDown() {
    namespaces.close();
  }

  private static LinuxHostNetwork open(String namespace) throws Exception {
    return Namespaces.inside(namespace, LinuxHostNetwork::open);
  }

  private static NetworkInterfaceState link(LinuxHostNetwork network, String namespace)
      throws Exception {
    return Namespaces.inside(namespace, () -> network.links().snapshot()).interfaces().stream()
        .filter(state -> state.name().startsWith("lx"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void advertsArriveWithSourceDestinationAndTtlAndAreNotLoopedBack() throws Exception {
    Namespaces.inside("lxb", () -> exchange("lxa"));
  }

  private static Void exchange(String peer) throws Exception {
    LinuxHostNetwork a = Namespaces.inside(peer, LinuxHostNetwork::open);
    NetworkInterfaceState linkA = link(a, "lxa");
    AdvertisementChannel sender =
        Namespaces.inside(peer, () -> a.openChannel(linkA, BOTH, true, Set.of()));
    try (LinuxHostNetwork b = LinuxHostNetwork.open();
        AdvertisementChannel receiver = b.openChannel(link(b, "lxb"), BOTH, true, Set.of())) {
      ByteBuffer message = ByteBuffer.wrap(ADVERT);
      ReceivedDatagram into = new ReceivedDatagram();
      for (Family family : BOTH) {
        InetAddress source = family == Family.IPV4 ? A4 : A6;
        assertThat(sender.send(family, source, family.multicastGroup(), message)).isZero();
        b.waiter().await(1_000_000_000);
        assertThat(receiver.receive(into)).isTrue();
        assertThat(into.family).isEqualTo(family);
        assertThat(into.source).isEqualTo(source);
        assertThat(into.destination).isEqualTo(family.multicastGroup());
        assertThat(into.ttl).isEqualTo(255);
        assertThat(into.ageNanos).isBetween(0L, 1_000_000_000L);
        assertThat(into.packet.limit()).isEqualTo(family == Family.IPV4 ? 32 : 12);
        if (family == Family.IPV4) {
          assertThat(into.packet.get(1)).isEqualTo((byte) 0xc0);
        }
        assertThat(sender.receive(into)).as("loops back").isFalse();
        measure(family, source, sender, receiver, b.waiter());
      }
    }
    sender.close();
    a.close();
    return null;
  }

  private static void measure(
      Family family,
      InetAddress source,
      AdvertisementChannel sender,
      AdvertisementChannel receiver,
      LoopWaiter waiter) {
    ByteBuffer message = ByteBuffer.wrap(ADVERT);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ReceivedDatagram into = new ReceivedDatagram();
    long sending = 0;
    long receiving = 0;
    for (int i = 0; i < 3000; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      sender.send(family, source, family.multicastGroup(), message);
      long between = threads.getCurrentThreadAllocatedBytes();
      boolean received = receiver.receive(into);
      for (int wait = 0; !received && wait < 5; wait++) {
        waiter.await(1_000_000_000);
        received = receiver.receive(into);
      }
      long after = threads.getCurrentThreadAllocatedBytes();
      assertThat(received).isTrue();
      if (i >= 2000) {
        sending += between - before;
        receiving += after - between;
      }
    }
    System.out.println(
        family + " bytes allocated: send " + sending / 1000 + ", receive " + receiving / 1000);
    assertThat(sending / 1000).isLessThan(400);
    assertThat(receiving / 1000).isLessThan(400);
  }

  @Test
  void addressIsOursOfScopeHostAndTheKernelRemovesItAfterItsLifetime() throws Exception {
    try (LinuxHostNetwork a = open("lxa")) {
      int index = link(a, "lxa").index();
      a.addresses().put(index, new VirtualAddress(VIP, 32), 1);
      a.addresses().put(index, new VirtualAddress(VIP6, 128), 1);
      String shown = Namespaces.run("ip -n lxa -d addr show dev lx0");
      assertThat(shown)
          .contains("inet 10.99.0.50/32 scope host dynamic noprefixroute lx0")
          .contains("inet6 fd00:99::50/128 scope global nodad deprecated dynamic noprefixroute")
          .contains("valid_lft 1sec preferred_lft 0sec");
      assertOurs(a);
      for (int i = 0; i < 6; i++) {
        a.addresses().put(index, new VirtualAddress(VIP, 32), 1);
        a.addresses().put(index, new VirtualAddress(VIP6, 128), 1);
        a.waiter().await(0);
        Namespaces.run("sleep 0.5");
      }
      a.links().drain(event -> {});
      assertThat(Namespaces.run("ip -n lxa addr show dev lx0"))
          .contains("10.99.0.50")
          .contains("fd00:99::50");
      assertOurs(a);
      long start = System.nanoTime();
      List<LinkEvent> gone = new ArrayList<>();
      while (gone.size() < 2 && System.nanoTime() - start < 3_000_000_000L) {
        a.waiter().await(100_000_000);
        a.links()
            .drain(
                event -> {
                  if (event instanceof LinkEvent.AddressGone) {
                    gone.add(event);
                  }
                });
      }
      long millis = (System.nanoTime() - start) / 1_000_000;
      System.out.println("both gone after " + millis + " ms");
      assertThat(gone)
          .hasSize(2)
          .allMatch(event -> ((LinkEvent.AddressGone) event).address().ours());
      assertThat(millis).isLessThanOrEqualTo(2100);
      assertThat(a.addresses().remove(index, new VirtualAddress(VIP, 32))).isFalse();
    }
  }

  @Test
  void anAddressWithThePrefixLengthOfTheSubnetIsTakenToo() throws Exception {
    try (LinuxHostNetwork a = open("lxa")) {
      int index = link(a, "lxa").index();
      VirtualAddress address = new VirtualAddress(VIP, 24);
      a.addresses().put(index, address, 5);
      a.addresses().put(index, address, 5);
      assertThat(Namespaces.run("ip -n lxa -d addr show dev lx0"))
          .contains("inet 10.99.0.50/24 scope global secondary dynamic noprefixroute lx0");
      assertThat(a.addresses().remove(index, address)).isTrue();
      assertThat(Namespaces.run("ip -n lxa addr show dev lx0")).doesNotContain("10.99.0.50");
    }
  }

  private static void assertOurs(LinuxHostNetwork network) throws Exception {
    assertThat(Namespaces.inside("lxa", () -> network.links().snapshot()).addresses())
        .filteredOn(address -> address.ours())
        .extracting(address -> address.address())
        .containsExactlyInAnyOrder(VIP, VIP6);
  }

  @Test
  void linkChangesAreTold() throws Exception {
    try (LinuxHostNetwork a = open("lxa")) {
      a.links().drain(event -> {});
      Namespaces.run(
          "ip -n lxa link set lx0 down; ip -n lxa link set lx0 name lx7; ip -n lxa link set lx7 up; ip -n lxa addr del 10.99.0.1/24 dev lx7; ip -n lxa link del lx7");
      List<LinkEvent> events = new ArrayList<>();
      a.waiter().await(100_000_000);
      a.links().drain(events::add);
      assertThat(events)
          .anyMatch(e -> e instanceof LinkEvent.InterfaceChanged c && !c.state().up());
      assertThat(events)
          .anyMatch(
              e ->
                  e instanceof LinkEvent.InterfaceChanged c
                      && c.state().name().equals("lx7")
                      && c.state().up());
      assertThat(events)
          .anyMatch(e -> e instanceof LinkEvent.AddressGone g && g.address().address().equals(A4));
      assertThat(events)
          .anyMatch(e -> e instanceof LinkEvent.InterfaceGone g && g.name().equals("lx7"));
    }
  }

  @Test
  void announcementsMoveTheNeighbourEntryAndProbesAreAnswered() throws Exception {
    Namespaces.run("ip -n lxb neigh replace 10.99.0.50 lladdr 02:00:00:00:00:99 nud stale dev lx1");
    Namespaces.run(
        "ip -n lxb neigh replace fd00:99::50 lladdr 02:00:00:00:00:99 nud stale dev lx1");
    try (LinuxHostNetwork a = open("lxa");
        LinuxHostNetwork b = open("lxb")) {
      NetworkInterfaceState linkA = link(a, "lxa");
      NetworkInterfaceState linkB = link(b, "lxb");
      NeighborAnnouncer announcerA = Namespaces.inside("lxa", () -> a.openAnnouncer(linkA, BOTH));
      NeighborAnnouncer announcerB = Namespaces.inside("lxb", () -> b.openAnnouncer(linkB, BOTH));
      announcerB.watch(List.of(VIP, VIP6));
      assertThat(announcerA.announce(VIP)).isZero();
      assertThat(announcerA.announce(VIP6)).isZero();
      List<MacAddress> heard = hear(b, announcerB, 3);
      assertThat(heard).containsExactly(linkA.mac(), linkA.mac(), linkA.mac());
      String neighbours = Namespaces.run("ip -n lxb neigh show dev lx1");
      assertThat(neighbours)
          .contains("10.99.0.50 lladdr 02:00:00:00:00:01")
          .contains("fd00:99::50 lladdr 02:00:00:00:00:01");
      a.addresses().put(linkA.index(), new VirtualAddress(VIP, 32), 0);
      a.addresses().put(linkA.index(), new VirtualAddress(VIP6, 128), 0);
      namespaces.script(
          "i=0; until ip -n Na maddr show dev N0 | grep -q ff02::1:ff00:50;"
              + " do i=$((i+1)); [ $i -lt 50 ] || exit 1; sleep 0.1; done");
      assertThat(announcerB.probe(VIP, InetAddress.ofLiteral("10.99.0.2"))).isZero();
      assertThat(announcerB.probe(VIP6, InetAddress.ofLiteral("fd00:99::2"))).isZero();
      assertThat(hear(b, announcerB, 2)).containsExactly(linkA.mac(), linkA.mac());
      announcerA.close();
      announcerB.close();
    }
  }

  /** The claims of 0.2 s, and of up to 3 s while there are fewer than expected. */
  private static List<MacAddress> hear(
      LinuxHostNetwork network, NeighborAnnouncer announcer, int expected) {
    List<MacAddress> heard = new ArrayList<>();
    long start = System.nanoTime();
    long least = start + 200_000_000L;
    long most = start + 3_000_000_000L;
    while (System.nanoTime() - least < 0
        || (heard.size() < expected && System.nanoTime() - most < 0)) {
      network.waiter().await(50_000_000);
      network.links().drain(event -> {});
      announcer.drain((address, mac) -> heard.add(mac));
    }
    return heard;
  }

  @Test
  void waiterWakesAndKeepsTime() throws Exception {
    try (LinuxHostNetwork a = open("lxa")) {
      a.waiter().await(0);
      long start = System.nanoTime();
      a.waiter().await(20_000_000);
      assertThat(System.nanoTime() - start).isBetween(20_000_000L, 120_000_000L);
      a.waiter().wake();
      start = System.nanoTime();
      a.waiter().await(5_000_000_000L);
      assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    }
  }
}
