package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A pretended host with one NIC on a {@link Wire}; implements every port, and logs what happens.
 */
final class FakeHost implements HostNetwork {
  private record Packet(
      InetAddress source, InetAddress destination, ByteBuffer message, long nanos) {}

  private record Claim(InetAddress address, MacAddress mac) {}

  final int number;
  final FakeClock clock;
  final List<String> log = new ArrayList<>();
  final Queue<LinkEvent> events = new ArrayDeque<>();
  final FakeAddressTable kernel;
  final Map<Integer, NetworkInterfaceState> interfaces = new LinkedHashMap<>();
  boolean connected = true;
  int sendErrno;
  int realTimeErrno;
  int watchErrno;
  int opened;

  /** Added to the age of each datagram: the wall clock was stepped. */
  long clockStepNanos;

  /** Time that goes by in the next look for a packet. */
  long pauseInReceive;

  @Nullable OperatingException openFault;

  @Nullable OperatingException snapshotFault;
  int snapshotFailures;

  /** Called where the loop sleeps; the time that it oversleeps, and what happens meanwhile. */
  Runnable sleep = () -> {};

  private final Wire wire;
  private final Queue<Packet> received = new ArrayDeque<>();
  private final Queue<Claim> claims = new ArrayDeque<>();
  private final List<InetAddress> watched = new ArrayList<>();

  FakeHost(int number, FakeClock clock, Wire wire) {
    this.number = number;
    this.clock = clock;
    this.wire = wire;
    this.kernel = new FakeAddressTable(clock, events, log);
    interfaces.put(Nets.ETH0, Nets.eth0(number));
    kernel.plant(new InterfaceAddress(Nets.ETH0, Nets.host(number), 24, false, true));
    events.clear();
    wire.attach(this);
  }

  MacAddress mac() {
    return Nets.mac(number);
  }

  void change(NetworkInterfaceState state) {
    interfaces.put(state.index(), state);
    events.add(new LinkEvent.InterfaceChanged(state));
  }

  void unplug(int index) {
    NetworkInterfaceState gone = interfaces.remove(index);
    for (InterfaceAddress address : kernel.all()) {
      if (address.interfaceIndex() == index) {
        kernel.tear(index, address.address());
      }
    }
    if (gone != null) {
      events.add(new LinkEvent.InterfaceGone(index, gone.name()));
    }
  }

  void deliver(InetAddress source, InetAddress destination, byte[] message) {
    if (opened > 0 && received.size() < 256) {
      received.add(new Packet(source, destination, ByteBuffer.wrap(message), clock.nanoTime()));
    }
  }

  void claim(InetAddress address, MacAddress mac) {
    if (watched.contains(address) && claims.size() < 64) {
      claims.add(new Claim(address, mac));
    }
  }

  /** Entries of the log since the last call. */
  List<String> news() {
    List<String> news = List.copyOf(log);
    log.clear();
    return news;
  }

  @Override
  public LoopWaiter waiter() {
    return new LoopWaiter() {
      @Override
      public void await(long timeoutNanos) {
        sleep.run();
      }

      @Override
      public void wake() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public LinkWatcher links() {
    return new LinkWatcher() {
      @Override
      public void drain(Consumer<LinkEvent> sink) {
        for (LinkEvent next = events.poll(); next != null; next = events.poll()) {
          sink.accept(next);
        }
      }

      @Override
      public LinkSnapshot snapshot() throws OperatingException {
        if (snapshotFault != null && snapshotFailures > 0) {
          snapshotFailures--;
          throw snapshotFault;
        }
        return new LinkSnapshot(List.copyOf(interfaces.values()), kernel.all());
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public AddressTable addresses() {
    return kernel;
  }

  @Override
  public AdvertisementChannel openChannel(
      NetworkInterfaceState link, Set<Family> families, boolean multicast, Set<InetAddress> sources)
      throws OperatingException {
    if (openFault != null) {
      throw openFault;
    }
    opened++;
    log.add("open " + link.name());
    return new Channel();
  }

  private final class Channel implements AdvertisementChannel {
    @Override
    public int send(
        Family family, InetAddress source, InetAddress destination, ByteBuffer message) {
      if (sendErrno == 0) {
        byte[] bytes = new byte[message.remaining()];
        message.duplicate().get(bytes);
        log.add("advert " + (bytes[2] & 0xff));
        wire.carry(FakeHost.this, source, destination, bytes);
      }
      return sendErrno;
    }

    @Override
    public boolean receive(ReceivedDatagram into) {
      clock.advance(pauseInReceive);
      pauseInReceive = 0;
      Packet next = received.poll();
      if (next == null) {
        return false;
      }
      into.family = Family.of(next.source());
      into.source = next.source();
      into.destination = next.destination();
      into.ttl = 255;
      into.ageNanos = clock.nanoTime() - next.nanos() + clockStepNanos;
      into.packet.clear();
      if (into.family == Family.IPV4) {
        into.packet
            .put(
                Nets.bytes(
                    0x45, 0xc0, 0, 20 + next.message().remaining(), 0, 1, 0, 0, 255, 112, 0, 0))
            .put(next.source().getAddress())
            .put(next.destination().getAddress());
      }
      into.packet.put(next.message()).flip();
      return true;
    }

    @Override
    public void close() {
      log.add("close");
      opened--;
      received.clear();
    }
  }

  @Override
  public NeighborAnnouncer openAnnouncer(NetworkInterfaceState link, Set<Family> families) {
    return new NeighborAnnouncer() {
      @Override
      public int announce(InetAddress address) {
        log.add("announce " + address.getHostAddress());
        wire.announce(FakeHost.this, address);
        return 0;
      }

      @Override
      public int probe(InetAddress target, InetAddress source) {
        wire.ask(FakeHost.this, target);
        return 0;
      }

      @Override
      public int watch(Collection<InetAddress> addresses) {
        watched.clear();
        watched.addAll(addresses);
        return watchErrno;
      }

      @Override
      public void drain(BiConsumer<InetAddress, MacAddress> sink) {
        for (Claim next = claims.poll(); next != null; next = claims.poll()) {
          sink.accept(next.address(), next.mac());
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public int makeRealTime() {
    return realTimeErrno;
  }

  @Override
  public void close() {}
}
