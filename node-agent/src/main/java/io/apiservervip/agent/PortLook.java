package io.apiservervip.agent;

import io.apiservervip.agent.linux.NftablesTranslation;
import io.apiservervip.agent.linux.PortHolderLookup;
import io.apiservervip.agent.preflight.CapabilityFinding;
import io.apiservervip.agent.preflight.Finding;
import io.apiservervip.agent.preflight.PortFinding;
import io.apiservervip.agent.preflight.Result;
import io.apiservervip.agent.proxy.TranslationRule;
import io.apiservervip.agent.proxy.Translator;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.ListenerConfig;
import io.apiservervip.agentapi.LoadBalancerConfig;
import io.apiservervip.agentapi.MemberConfig;
import io.apiservervip.api.v1alpha1.BindScope;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The ports that the agent would listen on here, and the kernel's translation to them. */
final class PortLook {
  private final AgentConfig document;
  private final MemberConfig self;
  private final OwnAgent agent;

  PortLook(AgentConfig document, MemberConfig self, OwnAgent agent) {
    this.document = document;
    this.self = self;
    this.agent = agent;
  }

  Set<Integer> numbers() {
    return wanted().stream().map(PortFinding.Wanted::port).collect(Collectors.toSet());
  }

  List<Finding> findings() {
    PortHolderLookup lookup = PortHolderLookup.ofHost();
    return wanted().stream()
        .map(
            port -> PortFinding.of(port, lookup.listening(port.port()), lookup.holder(port.port())))
        .toList();
  }

  private List<PortFinding.Wanted> wanted() {
    List<PortFinding.Wanted> wanted = new ArrayList<>();
    LoadBalancerConfig balancer = document.loadBalancer();
    for (ListenerConfig listener :
        balancer == null ? List.<ListenerConfig>of() : balancer.listeners()) {
      wanted.add(
          new PortFinding.Wanted(
              "spec.loadBalancer.listeners[" + listener.name() + "].bindPort",
              listener.bindPort(),
              listener.bind() == BindScope.ALL
                  ? Set.of(InetAddress.ofLiteral("::"))
                  : Set.copyOf(ProxyPlan.virtual(document)),
              agent.listens(listener.bindPort())));
    }
    wanted.add(
        new PortFinding.Wanted(
            "spec.agent.statusPort", document.agent().statusPort(), statusAt(), agent.runs()));
    return wanted;
  }

  private Set<InetAddress> statusAt() {
    Set<InetAddress> addresses = new LinkedHashSet<>(document.agent().statusAddresses());
    if (addresses.isEmpty()) {
      addresses.add(InetAddress.getLoopbackAddress());
      addresses.addAll(self.addresses());
    }
    return addresses;
  }

  /** Whether the kernel translates, where clients use another port; nothing where they do not. */
  List<Finding> translation(long capabilities) {
    List<Translator.Ports> ports = ProxyPlan.translated(document);
    if (ports.isEmpty()) {
      return List.of();
    }
    String check = "translation";
    String which =
        ports.stream().map(p -> p.port() + " to " + p.bindPort()).collect(Collectors.joining(", "));
    if (!CapabilityFinding.admin(capabilities)) {
      return List.of(
          new Finding(check, Result.NOT_CHECKED, "nf_tables need CAP_NET_ADMIN", "grant it"));
    }
    try (NftablesTranslation kernel =
        NftablesTranslation.of("preflight-" + ProcessHandle.current().pid())) {
      String problem = kernel.rehearse(rules(ports));
      return List.of(
          problem == null
              ? new Finding(check, Result.OK, "the kernel takes rules for " + which, "")
              : new Finding(
                  check,
                  Result.FAIL,
                  problem,
                  "without it clients must use the second port (" + which + ")"));
    }
  }

  private List<TranslationRule> rules(List<Translator.Ports> ports) {
    return ProxyPlan.virtual(document).stream()
        .flatMap(
            virtual ->
                ports.stream().map(p -> new TranslationRule(virtual, p.port(), p.bindPort())))
        .toList();
  }
}
