package io.apiservervip.agent;

import io.apiservervip.agent.observe.AgentControl.HandoverResult;
import io.apiservervip.agent.observe.AgentPage;
import io.apiservervip.agent.observe.AgentView;
import io.apiservervip.agent.observe.Alerts;
import io.apiservervip.agent.observe.ControlSocket;
import io.apiservervip.agent.observe.CounterSnapshot;
import io.apiservervip.agent.observe.SessionSource;
import io.apiservervip.agent.observe.StatusAuth;
import io.apiservervip.agent.observe.StatusAuthFile;
import io.apiservervip.agent.observe.StatusDocument;
import io.apiservervip.agent.observe.StatusPages;
import io.apiservervip.agent.observe.StatusServer;
import io.apiservervip.agent.proxy.SessionView;
import io.apiservervip.agent.router.HandOverResult;
import io.apiservervip.agentapi.MemberConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where others reach the agent: the status port and the control socket. Main thread. */
final class AgentEndpoints implements AutoCloseable {
  private static final long HAND_OVER_SECONDS = 10;

  private final RunOptions options;
  private final AgentState state;
  private final AgentMeters meters;
  private final StatusAuth auth;
  private final ControlSocket control;
  private List<InetSocketAddress> served;
  private StatusServer server;

  AgentEndpoints(RunOptions options, AgentState state, AgentMeters meters) {
    this.options = options;
    this.state = state;
    this.meters = meters;
    Path users = options.statusAuthFile();
    this.auth = users == null ? StatusAuth.NONE : new StatusAuthFile(users, System::nanoTime);
    this.control =
        new ControlSocket(
            new StateDir(options.stateDir()).socket(state.config().name()),
            this::handOver,
            this::status);
    this.served = addresses();
    this.server = new StatusServer(served, pages());
  }

  void openStatus() {
    auth.warning(); // logs at once what is wrong with its file
    server.start();
  }

  void openControl() {
    control.start();
  }

  /** Listens where the document says now, if that is another place. */
  void moveStatus() {
    List<InetSocketAddress> wanted = addresses();
    if (!wanted.equals(served)) {
      served = wanted;
      server.close();
      server = new StatusServer(wanted, pages());
      server.start();
    }
  }

  private HandoverResult handOver() {
    RouterRunner running = state.router();
    if (running == null) {
      return new HandoverResult(false, "no virtual router runs here");
    }
    try {
      HandOverResult result = running.handOver().get(HAND_OVER_SECONDS, TimeUnit.SECONDS);
      return new HandoverResult(result.given(), result.text());
    } catch (ExecutionException | TimeoutException e) {
      return new HandoverResult(false, "no answer of the router loop: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new HandoverResult(false, "interrupted");
    }
  }

  private String status() {
    AgentView view = state.view();
    return StatusDocument.render(
        view, Alerts.of(view, auth.warning()), CounterSnapshot.of(meters.registry()));
  }

  private String scrape() {
    return meters.proxyWatch().scrape(meters.registry()::scrape);
  }

  private String page(boolean renewing) {
    AgentView view = state.view();
    return AgentPage.render(
        new AgentPage.Data(
            view,
            Alerts.of(view, auth.warning()),
            missing(),
            meters.proxyWatch().traffic(),
            meters.router().history().changes()),
        renewing);
  }

  private StatusPages pages() {
    return new StatusPages(
        new StatusPages.Liveness(System::nanoTime, state::beatNanos, this::missing),
        new StatusPages.Contents(this::scrape, this::status, this::page, sessions()),
        auth);
  }

  private SessionSource sessions() {
    return new SessionSource() {
      @Override
      public int total() {
        return source().total();
      }

      @Override
      public CompletableFuture<List<SessionView>> list(int limit) {
        return source().list(limit);
      }
    };
  }

  private SessionSource source() {
    ProxyRunner serving = state.proxy();
    return serving == null ? SessionSource.NONE : serving.sessions();
  }

  private List<String> missing() {
    if (state.isLeaving()) {
      return List.of("this agent is ending");
    }
    List<String> missing = new ArrayList<>(missingOfRouter());
    ProxyRunner serving = state.proxy();
    String trouble = serving == null ? null : serving.cannotServe();
    if (trouble != null) {
      missing.add(trouble);
    }
    return missing;
  }

  private List<String> missingOfRouter() {
    return switch (state.routerStatus().role()) {
      case INITIALIZE ->
          List.of(
              state.router() == null
                  ? state.routerStatus().reason()
                  : "listening before the first advert");
      case FAULT -> List.of(state.routerStatus().reason());
      case BACKUP, ACTIVE, STANDBY -> List.of();
    };
  }

  private List<InetSocketAddress> addresses() {
    InetSocketAddress wanted = options.statusAddress();
    if (wanted != null) {
      return List.of(wanted);
    }
    List<InetAddress> addresses = new ArrayList<>(state.config().agent().statusAddresses());
    if (addresses.isEmpty()) {
      addresses.add(InetAddress.getLoopbackAddress());
      MemberConfig self = state.config().member(options.node());
      if (self != null) {
        addresses.addAll(self.addresses());
      }
    }
    int port = state.config().agent().statusPort();
    return addresses.stream().map(address -> new InetSocketAddress(address, port)).toList();
  }

  @Override
  public void close() {
    control.close();
    server.close();
  }
}
