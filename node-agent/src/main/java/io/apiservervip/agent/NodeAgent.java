package io.apiservervip.agent;

import io.apiservervip.agent.config.ConfigChange;
import io.apiservervip.agent.config.ConfigDiff;
import io.apiservervip.agent.config.DocumentSource;
import io.apiservervip.agent.health.WorseNews;
import io.apiservervip.agent.observe.LogSetup;
import io.apiservervip.agent.router.AddressCompanion;
import io.apiservervip.agent.router.OperatingException;
import io.apiservervip.agent.router.Role;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.MemberConfig;
import io.apiservervip.agentapi.VrrpConfig;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent of one ApiServerVip on one node: the composition root. One main thread starts
 * everything, follows the document, and ends everything in reverse.
 */
final class NodeAgent {
  private static final Logger LOG = LoggerFactory.getLogger(NodeAgent.class);
  private static final long POLL_MILLIS = 500;
  private static final long TWIN_POLL_MILLIS = 200;

  private final RunOptions options;
  private final AgentHost host;
  private final DocumentSource source;
  private final Reporter reporter;
  private final AgentState state;
  private final AgentMeters meters;
  private final AgentEndpoints endpoints;
  private final Semaphore wake = new Semaphore(0);
  private final WorseNews worseNews = new WorseNews();
  private boolean reporting;
  private volatile boolean stopping;
  private volatile boolean failed;
  private volatile boolean reloading;

  NodeAgent(
      RunOptions options,
      AgentHost host,
      DocumentSource source,
      DocumentSource.Good first,
      Reporter reporter) {
    this.options = options;
    this.host = host;
    this.source = source;
    this.reporter = reporter;
    this.state = new AgentState(options.node(), source.path(), first.config(), first.origin());
    this.meters = AgentMeters.register(state::routerStatus, () -> state.view().proxy());
    this.endpoints = new AgentEndpoints(options, state, meters);
  }

  /** Ends the agent in order. Any thread. */
  void stop() {
    stopping = true;
    wake.release();
  }

  /** Looks at the document now. Any thread. */
  void reload() {
    reloading = true;
    wake.release();
  }

  /** Runs to the end; the exit status. */
  int run() throws InterruptedException {
    LogSetup.level(state.config().agent().logLevel().name());
    LOG.atInfo()
        .addKeyValue("vip", state.config().name())
        .addKeyValue("node", options.node())
        .addKeyValue("version", ProgramVersion.text())
        .addKeyValue("config", source.path())
        .log("agent starts");
    try (TwinGate gate = TwinGate.open(options.stateDir(), state.config().name());
        AgentEndpoints open = endpoints;
        Reporter _ = reporter;
        DocumentSource _ = source) {
      open.openStatus();
      awaitTwin(gate);
      if (gate.usable()) {
        open.openControl();
      }
      serve();
    }
    LOG.info("agent ends");
    return failed ? 1 : 0;
  }

  /** Waits behind an agent of the same ApiServerVip on this host. */
  private void awaitTwin(TwinGate gate) throws InterruptedException {
    if (gate.pass()) {
      return;
    }
    String text = "another agent of " + state.config().name() + " runs on this host";
    state.idling(Role.STANDBY, text);
    report();
    LOG.atInfo().log("standby: {}", text);
    while (!stopping && !gate.pass()) {
      pause(TWIN_POLL_MILLIS);
    }
    if (!stopping) {
      LOG.info("the other agent is gone, this one takes over");
    }
  }

  /** Begins to tell of itself and to follow the document, once; the router comes before it. */
  private void report() {
    if (!reporting) {
      reporting = true;
      state.reportedBy(reporter);
      reporter.start(state::view, meters.registry());
      source.start(this::reload);
    }
  }

  private void serve() throws InterruptedException {
    startProxy();
    startRouter();
    report();
    long looked = System.nanoTime();
    while (!stopping) {
      judge();
      pause(POLL_MILLIS);
      if (reloading || System.nanoTime() - looked >= TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS)) {
        reloading = false;
        looked = System.nanoTime();
        follow();
        tend();
      }
    }
    // The address goes first: the proxy serves until the successor has it.
    RouterRunner running = state.router();
    if (running != null) {
      running.close();
    }
    state.leaving();
    ProxyRunner serving = state.proxy();
    if (serving != null) {
      serving.close();
    }
  }

  private void startProxy() {
    if (state.proxy() == null && state.config().loadBalancer() != null) {
      state.proxying(
          ProxyRunner.start(options.node(), state.config(), host, meters.proxy(), wake::release));
    }
  }

  /** Tells the router how well this node is off. */
  private void judge() {
    ProxyRunner serving = state.proxy();
    RouterRunner running = state.router();
    if (serving != null && running != null) {
      boolean holder = running.status().role() == Role.ACTIVE;
      long patience = serving.noticing().toNanos();
      running.health(worseNews.toTell(serving.verdict(), holder, patience, System.nanoTime()));
    }
  }

  private void tend() {
    ProxyRunner serving = state.proxy();
    if (serving != null) {
      serving.tend();
    }
    meters.proxyWatch().turn();
  }

  private void pause(long millis) throws InterruptedException {
    if (wake.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
    }
  }

  private void startRouter() {
    AgentConfig document = state.config();
    VrrpConfig vrrp = document.vrrp();
    MemberConfig self = document.member(options.node());
    meters.peers().members(others(document));
    String waiting = source.waiting();
    if (waiting != null) {
      idle(Role.INITIALIZE, waiting);
      return;
    }
    if (vrrp == null || self == null) {
      idle(Role.FAULT, vrrp == null ? "spec.addresses is empty" : notMember(document));
      return;
    }
    try {
      state.running(
          RouterRunner.start(
              host.network(),
              RouterPlan.of(document, vrrp, self),
              meters.router(),
              companion(),
              this::crashed));
    } catch (OperatingException e) {
      failed = true;
      stopping = true;
      state.idling(Role.FAULT, String.valueOf(e.getMessage()));
      LOG.error("the agent cannot work here: {}", e.getMessage());
    }
  }

  private void idle(Role role, String text) {
    state.idling(role, text);
    LOG.warn("no virtual router here: {}", text);
  }

  /** In a file it is a mistake; in a cluster it may be the operator's turn. */
  private String notMember(AgentConfig document) {
    return switch (options.mode()) {
      case RunOptions.FileMode _ -> ManifestCheck.notMember(document, options.node());
      case RunOptions.ClusterMode _ ->
          "the document has no member "
              + options.node()
              + ": this agent waits until the operator adds it";
    };
  }

  private AddressCompanion companion() {
    ProxyRunner serving = state.proxy();
    return serving == null ? AddressCompanion.NONE : serving.companion();
  }

  private void crashed() {
    failed = true;
    stop();
  }

  private List<String> others(AgentConfig document) {
    return document.members().stream()
        .map(MemberConfig::node)
        .filter(name -> !name.equals(options.node()))
        .toList();
  }

  private void follow() {
    switch (source.poll()) {
      case DocumentSource.Same _ -> stillWaiting(source.waiting());
      case DocumentSource.Bad(List<String> lines) -> refuse(lines);
      case DocumentSource.Good(AgentConfig next, DocumentSource.Origin from) -> apply(next, from);
    }
  }

  /** Says anew what the first document is waited for. */
  private void stillWaiting(@Nullable String text) {
    if (text != null && !text.equals(state.routerStatus().reason())) {
      idle(Role.INITIALIZE, text);
    }
  }

  private void refuse(List<String> lines) {
    meters.config().errors().increment();
    state.refused(String.join("; ", lines));
    LOG.error("the new document is refused, the old one stays in force: {}", lines);
  }

  private void apply(AgentConfig next, DocumentSource.Origin from) {
    if (!next.name().equals(state.config().name())) {
      refuse(List.of("metadata.name: " + next.name() + " is another resource; restart the agent"));
      return;
    }
    List<String> loops = ManifestCheck.loops(next, options.node());
    if (!loops.isEmpty()) {
      refuse(loops);
      return;
    }
    List<ConfigChange> changes = ConfigDiff.between(state.config(), next, options.node());
    boolean first = state.origin() == DocumentSource.Origin.NONE;
    state.accepted(next, from);
    meters.config().reloads().increment();
    LOG.atInfo().addKeyValue("changes", changes).log("configuration applied");
    if (changes.stream().anyMatch(NodeAgent::concernsProxy)) {
      reconfigureProxy(next);
    }
    changes.forEach(change -> apply(change, next));
    if (first && state.router() == null && !stopping) {
      startRouter(); // says why there is none
    }
    endpoints.moveStatus();
  }

  /** Members are backends, and listeners may be bound to the virtual addresses. */
  private static boolean concernsProxy(ConfigChange change) {
    return switch (change) {
      case ConfigChange.LoadBalancerChanged _,
          ConfigChange.IdentityChanged _,
          ConfigChange.RouterChanged _ ->
          true;
      case ConfigChange.RouterAdded _,
          ConfigChange.RouterRemoved _,
          ConfigChange.SettingsChanged _ ->
          false;
    };
  }

  private void apply(ConfigChange change, AgentConfig next) {
    switch (change) {
      case ConfigChange.RouterAdded _ -> startRouter();
      case ConfigChange.RouterRemoved _ -> {
        RouterRunner running = state.router();
        if (running != null) {
          running.close();
        }
        startRouter();
      }
      case ConfigChange.IdentityChanged _, ConfigChange.RouterChanged _ -> reconfigure(next);
      case ConfigChange.LoadBalancerChanged _ -> {}
      case ConfigChange.SettingsChanged _ -> LogSetup.level(next.agent().logLevel().name());
    }
  }

  private void reconfigureProxy(AgentConfig next) {
    ProxyRunner serving = state.proxy();
    if (serving == null) {
      startProxy();
    } else {
      serving.reconfigure(next);
    }
  }

  private void reconfigure(AgentConfig next) {
    RouterRunner running = state.router();
    VrrpConfig vrrp = next.vrrp();
    MemberConfig self = next.member(options.node());
    if (running != null && vrrp != null && self != null) {
      running.reconfigure(RouterPlan.of(next, vrrp, self));
      meters.peers().members(others(next));
    }
  }
}
