package io.apiservervip.operator.model;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.ClusterParts;
import io.apiservervip.agentapi.ConfigResolution;
import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import io.apiservervip.agentapi.VrrpResolution;
import io.apiservervip.api.v1alpha1.AgentSpec;
import io.apiservervip.api.v1alpha1.ApiServerVipSpec;
import io.apiservervip.api.v1alpha1.BackendSource;
import io.apiservervip.api.v1alpha1.Deployment;
import io.apiservervip.api.v1alpha1.LoadBalancerMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From a resource and the cluster to what is to be made of it. */
public final class VipPlanner {
  private static final Duration HAND_OVER = Duration.ofSeconds(15);

  private final VipFacts self;
  private final ApiServerVipSpec spec;
  private final ClusterView cluster;

  private VipPlanner(VipFacts self, ClusterView cluster) {
    this.self = self;
    this.spec = self.vip().spec();
    this.cluster = cluster;
  }

  /** The plan of one resource; the same for the same arguments. */
  public static VipPlan plan(VipFacts self, ClusterView cluster) {
    return new VipPlanner(self, cluster).plan();
  }

  /** The plan of a resource that cannot be read; {@code problems} is not empty. */
  public static VipPlan unreadable(long generation, List<Problem> problems, Remembered remembered) {
    Problem first = problems.getFirst();
    String text = problems.stream().map(Problem::line).collect(Collectors.joining("; "));
    String path = first.path().isEmpty() ? "spec" : first.path();
    return new VipPlan.Refused(
        generation,
        new Refusal(
            RefusalReason.INVALID_SPEC,
            path,
            text.startsWith(path + ": ") ? text.substring(path.length() + 2) : text),
        remembered.document(),
        null);
  }

  private VipPlan plan() {
    boolean agents = !spec.addresses().isEmpty();
    Membership membership =
        agents
            ? MemberPlanner.plan(self, cluster.nodes())
            : new Membership.Of(List.of(), Map.of(), List.of());
    return switch (membership) {
      case Membership.None(Refusal refusal) -> {
        Refusal earlier = objection(agents);
        ApiServers servers = ApiServers.find(self, cluster, List.of());
        yield refused(earlier == null ? refusal : earlier, servers);
      }
      case Membership.Of members -> {
        ApiServers servers = ApiServers.find(self, cluster, members.members());
        Refusal refusal = objection(agents);
        refusal = refusal == null ? withoutServers(servers) : refusal;
        yield refusal == null ? accepted(members, servers, agents) : refused(refusal, servers);
      }
    };
  }

  /** What stands against the resource, whoever its members are; null: nothing. */
  private @Nullable Refusal objection(boolean agents) {
    Refusal refusal = notImplemented();
    if (refusal == null && agents) {
      refusal = ImageRule.check(spec.agent(), cluster.settings());
    }
    if (refusal == null) {
      refusal = new Conflicts(self, cluster).refusal();
    }
    if (refusal == null && agents) {
      refusal = PasswordRule.check(spec.vrrp().authentication(), cluster);
    }
    if (refusal == null && agents) {
      refusal = AddressRule.check(VrrpResolution.resolve(spec, null).addresses(), cluster);
    }
    return refusal == null
        ? AddressRule.checkClusterIp(spec, ServicePlanner.clusterIp(spec.service()), cluster)
        : refusal;
  }

  private @Nullable Refusal notImplemented() {
    return spec.loadBalancer().mode() == LoadBalancerMode.KERNEL
        ? new Refusal(
            RefusalReason.NOT_IMPLEMENTED,
            "spec.loadBalancer.mode",
            "Kernel is not implemented yet; use Proxy or None")
        : null;
  }

  private @Nullable Refusal withoutServers(ApiServers servers) {
    return spec.loadBalancer().backends().source() == BackendSource.STATIC
            && servers.servers().isEmpty()
        ? new Refusal(
            RefusalReason.INVALID_SPEC,
            "spec.loadBalancer.backends.static",
            "names no API server, for "
                + servers.notes().getFirst().message()
                + "; write the servers' own addresses")
        : null;
  }

  private VipPlan refused(Refusal refusal, ApiServers servers) {
    boolean serviceToo = refusal.field().startsWith("spec.service");
    return new VipPlan.Refused(
        self.generation(),
        refusal,
        self.remembered().document(),
        serviceToo && refusal.reason() == RefusalReason.CONFLICT
            ? null
            : ServicePlanner.plan(self, cluster.services(), servers.servers()));
  }

  private VipPlan accepted(Membership.Of members, ApiServers servers, boolean agents) {
    if (!agents) {
      return accepted(null, members, servers, null);
    }
    Reading<AgentConfig> reading =
        ConfigResolution.resolve(
            self.vip(),
            new ClusterParts(
                members.members(),
                servers.document(spec.loadBalancer()),
                PasswordRule.password(spec.vrrp().authentication(), cluster)));
    return switch (reading) {
      case Reading.Refused<AgentConfig>(List<Problem> problems) ->
          unreadable(self.generation(), problems, self.remembered());
      case Reading.Accepted<AgentConfig>(AgentConfig document, List<String> none) -> {
        Refusal held = new Conflicts(self, cluster).heldByAnother();
        yield accepted(
            held == null ? document : self.remembered().document(), members, servers, held);
      }
    };
  }

  private VipPlan accepted(
      @Nullable AgentConfig document,
      Membership.Of members,
      ApiServers servers,
      @Nullable Refusal withheld) {
    List<Note> notes = new ArrayList<>(members.notes());
    notes.addAll(servers.notes());
    noteUnused(notes);
    return new VipPlan.Accepted(
        self.generation(),
        document,
        withheld == null ? members.ranks() : self.remembered().ranks(),
        document == null ? null : agents(),
        ServicePlanner.plan(self, cluster.services(), servers.servers()),
        notes,
        withheld);
  }

  private @Nullable AgentsPlan agents() {
    AgentSpec agent = spec.agent();
    if (agent.deployment() == Deployment.STATIC_POD) {
      return null;
    }
    Duration drain =
        spec.loadBalancer().mode() == LoadBalancerMode.NONE
            ? Duration.ZERO
            : spec.loadBalancer().drainTimeout();
    return new AgentsPlan(
        ImageRule.image(agent, cluster.settings()),
        agent.imagePullPolicy(),
        agent.resources(),
        spec.members().isEmpty()
            ? new Placement.Selected(spec.nodeSelector())
            : new Placement.Named(spec.members().stream().map(member -> member.node()).toList()),
        spec.tolerations(),
        agent.statusPort(),
        drain.plus(HAND_OVER).plusMillis(999).toSeconds());
  }

  private void noteUnused(List<Note> notes) {
    if (spec.nodeLocal().enabled()) {
      notes.add(
          new Note(
              "spec.nodeLocal",
              "is valid and not carried out yet: no proxy listens on the nodes' loopback; set"
                  + " enabled: false to silence this"));
    }
    if (spec.agent().deployment() == Deployment.STATIC_POD && !spec.addresses().isEmpty()) {
      notes.add(
          new Note(
              "spec.agent.deployment",
              "StaticPod: the operator starts no agents; put a manifest of the agent on each node"));
    }
  }
}
