package io.apiservervip.e2e.router;

import io.apiservervip.e2e.lab.HolderTimeline;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** A group of routers of one program on all hosts of a lab, the first host preferred. */
public final class RouterGroup {
  private static final Duration SETTLING = Duration.ofSeconds(60);
  private static final Duration QUIET = Duration.ofMillis(300);

  private final RouterProgram program;
  private final GroupConfig config;
  private final List<Router> routers;
  private final HolderWatch watch;

  private RouterGroup(
      RouterProgram program, GroupConfig config, List<Router> routers, HolderWatch watch) {
    this.program = program;
    this.config = config;
    this.routers = List.copyOf(routers);
    this.watch = watch;
  }

  /** Configures the program on every host with the priorities 250, 237, 224 …. */
  public static RouterGroup configure(
      Lab lab, RouterProgram program, GroupConfig config, HolderWatch watch) throws IOException {
    List<GroupMember> members =
        IntStream.range(0, lab.hosts().size())
            .mapToObj(i -> new GroupMember(lab.hosts().get(i), 250 - 13 * i))
            .toList();
    List<Router> routers = new ArrayList<>();
    for (GroupMember member : members) {
      routers.add(program.configure(lab, config, members, member));
    }
    return new RouterGroup(program, config, routers, watch);
  }

  public GroupConfig config() {
    return config;
  }

  public List<Router> routers() {
    return routers;
  }

  public Router on(Host host) {
    return on(host.node());
  }

  public Router on(String node) {
    return routers.stream()
        .filter(router -> router.host().node().equals(node))
        .findFirst()
        .orElseThrow();
  }

  /** Starts whoever does not run and returns the one holder, once there is exactly one. */
  public Router settle() throws IOException, InterruptedException, TimeoutException {
    for (Router router : routers) {
      router.start();
    }
    List<String> one = watch.await(holders -> holders.size() == 1, SETTLING);
    return on(one.getFirst());
  }

  /** Settles, waits until every router takes part and nothing moves, and returns the holder. */
  public Router calm() throws IOException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + 2 * SETTLING.toNanos();
    while (System.nanoTime() < deadline) {
      Router holder = settle();
      boolean ready = allReady();
      long from = HolderWatch.nowMicros();
      Thread.sleep(QUIET);
      List<HolderTimeline.Span> spans = watch.spans(from, HolderWatch.nowMicros());
      if (ready && spans.size() == 1 && watch.holders().equals(List.of(holder.host().node()))) {
        return holder;
      }
    }
    throw new TimeoutException("the group does not come to rest; holders " + watch.holders());
  }

  private boolean allReady() throws InterruptedException {
    for (Router router : routers) {
      if (!program.ready(router)) {
        return false;
      }
    }
    return true;
  }

  /** Waits until somebody other than {@code old} holds the address. */
  public Router successorOf(Router old, Duration patience)
      throws InterruptedException, TimeoutException {
    List<String> holders =
        watch.await(
            now -> now.stream().anyMatch(node -> !node.equals(old.host().node())), patience);
    return on(
        holders.stream().filter(node -> !node.equals(old.host().node())).findFirst().orElseThrow());
  }

  /** Ends every router and removes the address wherever it was left. */
  public void clear(Lab lab) throws IOException, InterruptedException {
    for (Router router : routers) {
      router.kill();
    }
    for (Router router : routers) {
      sweep(lab, router.host());
    }
  }

  /** Takes the address off a host where a router that was killed has left it. */
  public void sweep(Lab lab, Host host) throws IOException {
    String prefix = config.ipv6() ? "/128" : "/32";
    if (watch.holders().contains(host.node())) {
      try {
        lab.run(host, "ip", "address", "del", config.address() + prefix, "dev", "eth0");
      } catch (IOException e) {
        // the kernel was faster: the address had a lifetime
      }
    }
  }
}
