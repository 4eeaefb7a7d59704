package io.apiservervip.agent.bootstrap;

import io.apiservervip.agent.bootstrap.Aim.Seen;
import io.apiservervip.agent.health.BackendHealth;
import io.apiservervip.agent.health.CheckObserver;
import io.apiservervip.agent.health.CheckedPool;
import io.apiservervip.agent.health.HealthChecks;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.DurationText;
import io.apiservervip.api.v1alpha1.BackendState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run of bootstrap: asks all API servers and the virtual address side by side, keeps the name
 * in the hosts file pointing at what answers, and ends once that is the virtual address. One
 * thread; {@link #stop} may come from any other.
 */
public final class Bootstrap {
  /**
   * What the user asked for.
   *
   * @param host the name, in lower case
   * @param waitForVip false: an API server is enough
   */
  public record Request(String host, Path hostsFile, Duration timeout, boolean waitForVip) {}

  private static final long TURN_MILLIS = 250;

  private final Request request;
  private final BootstrapPlan plan;
  private final PrintWriter out;
  private final PrintWriter err;
  private final HostsFile file;
  private final boolean waiting;
  private final Semaphore wake = new Semaphore(0);
  private final Map<String, Boolean> told = new HashMap<>();
  private volatile boolean stopping;

  /** Not yet running; progress goes to {@code out}, the one line of a failure to {@code err}. */
  public Bootstrap(Request request, BootstrapPlan plan, PrintWriter out, PrintWriter err) {
    this.request = request;
    this.plan = plan;
    this.out = out;
    this.err = err;
    this.file = new HostsFile(request.hostsFile());
    this.waiting = request.waitForVip() && plan.vip() != null;
  }

  /** Takes our line of the name out of the file; the exit status. */
  public static int remove(String host, Path hostsFile, PrintWriter out, PrintWriter err) {
    HostsFile file = new HostsFile(hostsFile);
    try {
      switch (HostsText.remove(file.read(), host)) {
        case HostsText.Changed(String text) -> {
          file.write(text);
          out.println(host + " is removed from " + file);
        }
        case HostsText.Same _ -> out.println(file + " has no line of ours for " + host);
      }
      return 0;
    } catch (IOException e) {
      err.println("node-agent: " + e.getMessage());
      return 1;
    }
  }

  /** Ends the run; the file stays as it is. Any thread. */
  public void stop() {
    stopping = true;
    wake.release();
  }

  /** Runs to the end; the exit status. */
  public int run(String version) throws InterruptedException {
    long begun = System.nanoTime();
    try (HealthChecks checks =
        new HealthChecks(
            System::nanoTime, Clock.systemUTC(), new Random(), version, null, awaker())) {
      refuseForeign(file.read());
      List<CheckedPool> pools = plan.pools(Duration.ZERO, waiting);
      checks.reconfigure(pools);
      checks.start();
      while (true) {
        if (turn(checks)) {
          return 0;
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
        if (stopping || elapsed.compareTo(request.timeout()) >= 0) {
          return givenUp(checks);
        }
        List<CheckedPool> next = plan.pools(elapsed, waiting);
        if (!next.equals(pools)) {
          pools = next;
          checks.reconfigure(next);
        }
        pause(request.timeout().minus(elapsed));
      }
    } catch (IOException e) {
      err.println("node-agent: " + e.getMessage());
      return 1;
    }
  }

  /** Looks once and points the name where it should; true: done. */
  private boolean turn(HealthChecks checks) throws IOException {
    List<Seen> servers = servers(checks);
    Seen vip = vip(checks);
    servers.forEach(this::tell);
    if (vip != null) {
      tell(vip);
    }
    String text = file.read();
    return switch (Aim.choose(HostsText.target(text, request.host()), vip, servers)) {
      case Aim.AtVip(String address) -> {
        point(text, address);
        out.println("done: " + request.host() + " is the virtual address " + address);
        yield true;
      }
      case Aim.AtServer(String address) -> {
        point(text, address);
        yield !waiting;
      }
      case Aim.Stay _ -> false;
    };
  }

  private void point(String text, String address) throws IOException {
    refuseForeign(text);
    if (HostsText.point(text, request.host(), address) instanceof HostsText.Changed(String next)) {
      file.write(next);
      out.println(request.host() + " -> " + address + " in " + file);
    }
  }

  private void refuseForeign(String text) throws IOException {
    HostsText.Foreign foreign = HostsText.foreign(text, request.host());
    if (foreign != null) {
      throw new IOException(
          "%s, line %d, has %s already: \"%s\"; remove it, this command writes its own"
              .formatted(file, foreign.number(), request.host(), foreign.line()));
    }
  }

  private int givenUp(HealthChecks checks) throws IOException {
    String after =
        stopping ? "stopped" : "not done within " + DurationText.format(request.timeout());
    String current = HostsText.target(file.read(), request.host());
    String entry = current == null ? "has no line for " : "has " + current + " for ";
    List<Seen> all = new ArrayList<>(servers(checks));
    Seen vip = vip(checks);
    if (vip != null) {
      all.add(vip);
    }
    err.println(
        "node-agent: "
            + after
            + ": "
            + all.stream().map(Seen::text).collect(Collectors.joining("; "))
            + "; "
            + file
            + " "
            + entry
            + request.host());
    return 1;
  }

  /** One line when something begins or ceases to answer. */
  private void tell(Seen seen) {
    if (seen.checked()) {
      Boolean before = told.put(seen.address() + " " + seen.port(), seen.up());
      if (before == null || before != seen.up()) {
        out.println(seen.text());
      }
    }
  }

  private List<Seen> servers(HealthChecks checks) {
    Map<BackendAddress, BackendHealth> known = checks.snapshot(BootstrapPlan.SERVERS);
    return plan.servers().stream().map(address -> seen(address, known.get(address))).toList();
  }

  private @Nullable Seen vip(HealthChecks checks) {
    BackendAddress vip = plan.vip();
    return vip == null || !waiting ? null : seen(vip, checks.snapshot(BootstrapPlan.VIP).get(vip));
  }

  private static Seen seen(BackendAddress address, @Nullable BackendHealth health) {
    return new Seen(
        address.address().getHostAddress(),
        address.port(),
        health != null && health.checked(),
        health != null && health.state() == BackendState.UP,
        health == null ? null : health.lastError());
  }

  private CheckObserver awaker() {
    return new CheckObserver() {
      @Override
      public void changed(String listener, BackendHealth now) {
        wake.release();
      }
    };
  }

  private void pause(Duration left) throws InterruptedException {
    long millis = Math.min(TURN_MILLIS, Math.max(1, left.toMillis()));
    if (wake.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
    }
  }
}
