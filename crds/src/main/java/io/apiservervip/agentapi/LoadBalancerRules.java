package io.apiservervip.agentapi;

import io.apiservervip.api.v1alpha1.ApiServerVipSpec;
import io.apiservervip.api.v1alpha1.BackendSource;
import io.apiservervip.api.v1alpha1.BackendsSpec;
import io.apiservervip.api.v1alpha1.ListenerSpec;
import io.apiservervip.api.v1alpha1.LoadBalancerMode;
import io.apiservervip.api.v1alpha1.LoadBalancerSpec;
import java.util.List;
import java.util.Objects;

/** Rules within spec.loadBalancer, and between it and the agent. */
final class LoadBalancerRules {
  private static final String PATH = "spec.loadBalancer";

  private LoadBalancerRules() {}

  static void check(ApiServerVipSpec spec, Problems problems) {
    LoadBalancerSpec loadBalancer = spec.loadBalancer();
    checkListeners(loadBalancer.listeners(), problems);
    checkBackends(loadBalancer.backends(), problems);
    checkSources(loadBalancer.allowedSources(), problems);
    String keepAlive = PATH + ".tcpKeepAlive";
    VrrpRules.checkWholeSeconds(loadBalancer.tcpKeepAlive().idle(), keepAlive + ".idle", problems);
    VrrpRules.checkWholeSeconds(
        loadBalancer.tcpKeepAlive().interval(), keepAlive + ".interval", problems);
    int statusPort = spec.agent().statusPort();
    problems.unless(
        loadBalancer.mode() != LoadBalancerMode.PROXY
            || loadBalancer.listeners().stream().noneMatch(l -> bindPort(l) == statusPort),
        "spec.agent.statusPort",
        Integer.toString(statusPort),
        "is a listener's bindPort; change one of the two");
  }

  /**
   * The port of the proxy's socket, as written or by default: the port itself, or 10000 above it
   * where an API server may hold the same one.
   */
  static int bindPort(ListenerSpec listener) {
    Integer written = listener.bindPort();
    if (written != null) {
      return written;
    }
    return listener.port() == listener.backendPort() ? listener.port() + 10_000 : listener.port();
  }

  private static void checkListeners(List<ListenerSpec> listeners, Problems problems) {
    String path = PATH + ".listeners";
    for (int port : CrossFieldRules.repeated(listeners.stream().map(ListenerSpec::port).toList())) {
      problems.add(path, "port " + port, "stands twice; give each listener a port of its own");
    }
    for (ListenerSpec listener : listeners) {
      problems.unless(
          bindPort(listener) <= 65_535,
          path,
          "port " + listener.port(),
          "leaves no room for the default bindPort, port + 10000; set bindPort");
    }
    for (int port :
        CrossFieldRules.repeated(listeners.stream().map(LoadBalancerRules::bindPort).toList())) {
      problems.add(path, "bindPort " + port, "is taken by two listeners; set another bindPort");
    }
  }

  private static void checkBackends(BackendsSpec backends, Problems problems) {
    String path = PATH + ".backends.static";
    for (int i = 0; i < backends.servers().size(); i++) {
      IpRules.check(backends.servers().get(i).address(), path + "[" + i + "].address", problems);
    }
    problems.unless(
        (backends.source() == BackendSource.STATIC) != backends.servers().isEmpty(),
        path,
        null,
        "source Static needs at least one entry here, and only source Static may have any");
    List<String> named =
        backends.servers().stream()
            .map(s -> s.address() + ":" + Objects.requireNonNullElse(s.port(), 0))
            .toList();
    for (String twice : CrossFieldRules.repeated(named)) {
      String shown = twice.endsWith(":0") ? twice.substring(0, twice.length() - 2) : twice;
      problems.add(path, shown, "stands twice; remove one");
    }
  }

  private static void checkSources(List<String> sources, Problems problems) {
    for (int i = 0; i < sources.size(); i++) {
      String path = PATH + ".allowedSources[" + i + "]";
      IpPrefix prefix = IpPrefix.parse(sources.get(i));
      problems.unless(
          prefix != null,
          path,
          Shown.text(sources.get(i)),
          "is not a CIDR such as 10.0.0.0/8 or fd00::/8");
      problems.unless(
          prefix == null || prefix.masked().equals(prefix),
          path,
          sources.get(i),
          "has bits beyond its prefix; write the address of the network");
    }
  }
}
