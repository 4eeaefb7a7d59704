package io.apiservervip.agent;

import io.apiservervip.agent.config.DocumentSource;
import io.apiservervip.agent.observe.AgentView;
import io.apiservervip.agent.router.Role;
import io.apiservervip.agent.router.RouterStatus;
import io.apiservervip.agent.router.VirtualAddress;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.VrrpConfig;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent shows of itself: the document in force, the router if there is one, and why there
 * is none otherwise. Written by the main thread, read by any.
 */
final class AgentState {
  private final String node;
  private final String path;
  private volatile AgentConfig config;
  private volatile DocumentSource.Origin source;
  private volatile @Nullable String configError;
  private volatile Reporter reporter = Reporter.NONE;
  private volatile @Nullable RouterRunner router;
  private volatile @Nullable ProxyRunner proxy;
  private volatile RouterStatus idle;
  private volatile boolean leaving;

  AgentState(String node, String path, AgentConfig config, DocumentSource.Origin source) {
    this.node = node;
    this.path = path;
    this.config = config;
    this.source = source;
    this.idle = idle(Role.INITIALIZE, Instant.now(), "starting");
  }

  void accepted(AgentConfig next, DocumentSource.Origin from) {
    config = next;
    source = from;
    configError = null;
  }

  void refused(String error) {
    configError = error;
  }

  void reportedBy(Reporter teller) {
    reporter = teller;
  }

  void running(RouterRunner runner) {
    router = runner;
  }

  void idling(Role role, String reason) {
    RouterStatus last = routerStatus();
    idle = idle(role, last.role() == role ? last.since() : Instant.now(), reason);
    router = null;
  }

  /** The router has ended in order; what is left is to drain. */
  void leaving() {
    leaving = true;
  }

  boolean isLeaving() {
    return leaving;
  }

  void proxying(ProxyRunner runner) {
    proxy = runner;
  }

  @Nullable ProxyRunner proxy() {
    return proxy;
  }

  AgentConfig config() {
    return config;
  }

  /** Where the document in force came from. */
  DocumentSource.Origin origin() {
    return source;
  }

  @Nullable RouterRunner router() {
    return router;
  }

  RouterStatus routerStatus() {
    RouterRunner running = router;
    return running == null ? idle : running.status();
  }

  /**
   * The last turn of the loop; now where no loop is wanted. An agent that drains lives: the probes
   * of a twin in stand-by, which has no port of its own meanwhile, end at this one.
   */
  long beatNanos() {
    RouterRunner running = router;
    return running == null || leaving ? System.nanoTime() : running.beatNanos();
  }

  AgentView view() {
    AgentConfig document = config;
    ProxyRunner serving = proxy;
    return new AgentView(
        new AgentView.Identity(document.name(), node, ProgramVersion.text()),
        group(document.vrrp()),
        new AgentView.Config(document.generation(), source, path, configError, reporter.trouble()),
        routerStatus(),
        serving == null ? null : serving.view(),
        Instant.now());
  }

  private static AgentView.Group group(@Nullable VrrpConfig vrrp) {
    return vrrp == null
        ? new AgentView.Group(0, 0, List.of())
        : new AgentView.Group(
            vrrp.group().virtualRouterId(),
            vrrp.group().version(),
            vrrp.addresses().stream()
                .map(virtual -> new VirtualAddress(virtual.address(), virtual.prefixLength()))
                .toList());
  }

  private static RouterStatus idle(Role role, Instant since, String reason) {
    return new RouterStatus(
        role, since, reason, null, null, 0, 0, null, false, 0, List.of(), List.of(), null,
        List.of());
  }
}
