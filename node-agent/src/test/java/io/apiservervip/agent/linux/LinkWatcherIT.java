package io.apiservervip.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.router.InterfaceAddress;
import io.apiservervip.agent.router.LinkEvent;
import io.apiservervip.agent.router.OperatingException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Notifications that are lost and dumps that are disturbed; needs root. */
@Tag("netns")
class LinkWatcherIT {
  private Namespaces namespaces;

  @BeforeEach
  void setUp() {
    namespaces = new Namespaces("ly");
  }

  @AfterEach
  void tearDown() {
    namespaces.close();
  }

  @Test
  void lostNotificationsAreToldAsOverrunAndLaterOnesArrive() throws Exception {
    Kernel kernel = Kernel.load();
    try (PollLoopWaiter waiter = PollLoopWaiter.open(kernel);
        NetlinkLinkWatcher watcher =
            Namespaces.inside(
                namespaces.a(), () -> NetlinkLinkWatcher.open(kernel, waiter, 4096))) {
      churn(200);
      List<LinkEvent> events = new ArrayList<>();
      watcher.drain(events::add);
      assertThat(events).hasSizeLessThan(200).contains(new LinkEvent.Overrun());
      events.clear();
      namespaces.script("ip -n Na addr add 10.99.0.9/24 dev N0");
      watcher.drain(events::add);
      assertThat(events)
          .singleElement()
          .isInstanceOfSatisfying(
              LinkEvent.AddressAdded.class,
              added ->
                  assertThat(added.address().address())
                      .isEqualTo(InetAddress.ofLiteral("10.99.0.9")));
    }
  }

  @Test
  void dumpUnderChurnIsWholeOrFails() throws Exception {
    StringBuilder many = new StringBuilder();
    List<InetAddress> steady = new ArrayList<>();
    for (int i = 1; i <= 250; i++) {
      many.append("addr add 10.98.0.").append(i).append("/32 dev N0\\n");
      steady.add(InetAddress.ofLiteral("10.98.0." + i));
    }
    namespaces.script("printf '" + many + "' | ip -n Na -batch -");
    try (LinuxHostNetwork network = Namespaces.inside(namespaces.a(), LinuxHostNetwork::open)) {
      FutureTask<Integer> churning = new FutureTask<>(() -> churn(3_000), 0);
      new Thread(churning, "churn").start();
      int whole = 0;
      int interrupted = 0;
      while (!churning.isDone()) {
        Optional<List<InetAddress>> seen =
            Namespaces.inside(namespaces.a(), () -> addresses(network));
        if (seen.isPresent()) {
          assertThat(seen.orElseThrow()).containsAll(steady).doesNotHaveDuplicates();
          whole++;
        } else {
          interrupted++;
        }
      }
      churning.get();
      System.out.println("dumps under churn: " + whole + " whole, " + interrupted + " interrupted");
      assertThat(whole + interrupted).isPositive();
      assertThat(Namespaces.inside(namespaces.a(), () -> addresses(network)).orElseThrow())
          .containsAll(steady);
    }
  }

  private static Optional<List<InetAddress>> addresses(LinuxHostNetwork network)
      throws OperatingException {
    try {
      return Optional.of(
          network.links().snapshot().addresses().stream().map(InterfaceAddress::address).toList());
    } catch (OperatingException e) {
      assertThat(e.errno()).as("EINTR").isEqualTo(4);
      return Optional.empty();
    }
  }

  /** So many times an address comes and goes. */
  private void churn(int times) {
    namespaces.script(
        "i=0; while [ $i -lt "
            + times
            + " ]; do i=$((i+1)); echo addr add 10.97.0.1/32 dev N0;"
            + " echo addr del 10.97.0.1/32 dev N0; done | ip -n Na -batch -");
  }
}
