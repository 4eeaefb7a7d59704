package io.apiservervip.e2e.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every kind of load against the tool's own backend, over the loopback. */
class LoadIT {
  private static final int PORT = 27_100;
  private static final InetSocketAddress TO =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT);

  private final Native system = new Native();
  private final Window window = new Window(0.1, 0.4, Optional.empty());
  private final Server server = new Server(new Native(), PORT);
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(server::run);

  @BeforeEach
  void start() {
    thread.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
    server.close();
  }

  @Test
  void streamsMoveInBothDirections() {
    assertThat(number(new StreamLoad(system, opener(), window, 4, false), "gb_s")).isPositive();
    Window again = new Window(0.1, 0.4, Optional.empty());
    assertThat(number(new StreamLoad(system, opener(), again, 1, true), "gb_s")).isPositive();
  }

  @Test
  void requestsAreAnswered() {
    Figures figures = new RequestLoad(system, opener(), window, 8, 256).run();
    assertThat(figures.get("requests_s")).hasValueSatisfying(n -> assertThat(n).isPositive());
    assertThat(figures.get("p99_us")).hasValueSatisfying(n -> assertThat(n).isPositive());
  }

  @Test
  void thePacedLoadKeepsItsPace() {
    PacedLoad load = new PacedLoad(system, opener(), window, 8, new PacedLoad.Request(64, 500));
    assertThat(number(load, "requests_s")).isBetween(400.0, 600.0);
  }

  @Test
  void connectionsFollowEachOther() {
    Figures figures = new ConnectLoad(system, TO, window, 8, 128).run();
    assertThat(figures.get("connects_s")).hasValueSatisfying(n -> assertThat(n).isPositive());
    assertThat(figures.get("failed")).contains(0.0);
  }

  @Test
  void connectionsThatNobodyTakesAreCountedAsFailed() {
    InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT + 1);
    Figures figures = new ConnectLoad(system, nobody, window, 2, 128).run();
    assertThat(figures.get("failed")).hasValueSatisfying(n -> assertThat(n).isPositive());
    assertThat(figures.get("connects_s")).contains(0.0);
  }

  @Test
  void idleConnectionsAreHeldAndTheirMemoryTold() {
    Optional<ProcessCost> own = Optional.of(new ProcessCost(ProcessHandle.current().pid()));
    Figures figures = new IdleLoad(system, opener(), 200, 0.2, own).run();
    assertThat(figures.get("connections")).contains(200.0);
    assertThat(figures.get("rss_kb")).hasValueSatisfying(n -> assertThat(n).isPositive());
  }

  private Opener opener() {
    return new Opener(system, TO);
  }

  private static double number(Load load, String name) {
    return load.run().get(name).orElseThrow();
  }
}
