package io.apiservervip.agentapi;

import io.apiservervip.api.v1alpha1.AgentSpec;
import io.apiservervip.api.v1alpha1.ApiServerVip;
import io.apiservervip.api.v1alpha1.ApiServerVipSpec;
import io.apiservervip.api.v1alpha1.BackendSource;
import io.apiservervip.api.v1alpha1.LoadBalancerMode;
import io.apiservervip.api.v1alpha1.MemberSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From a resource that was read to the document of its agents, without a cluster: what depends on
 * other fields is worked out, and nothing is looked up.
 */
public final class ConfigResolution {
  private ConfigResolution() {}

  /**
   * From the text of a manifest to the document for file mode. The notes name what was set but has
   * no effect.
   */
  public static Reading<AgentConfig> read(String text) {
    return switch (VipReader.read(text)) {
      case Reading.Refused<Manifest>(List<Problem> problems) -> new Reading.Refused<>(problems);
      case Reading.Accepted<Manifest>(Manifest manifest, List<String> notes) ->
          withNotes(resolve(manifest.vip()), UnusedFields.lines(manifest));
    };
  }

  private static Reading<AgentConfig> withNotes(Reading<AgentConfig> reading, List<String> more) {
    return switch (reading) {
      case Reading.Refused<AgentConfig> refused -> refused;
      case Reading.Accepted<AgentConfig>(AgentConfig config, List<String> notes) ->
          new Reading.Accepted<>(config, Stream.concat(notes.stream(), more.stream()).toList());
    };
  }

  /** The document for file mode, or what stands against it. */
  public static Reading<AgentConfig> resolve(ApiServerVip vip) {
    ApiServerVipSpec spec = vip.spec();
    Problems problems = new Problems();
    checkFileMode(spec, problems);
    if (!problems.none()) {
      return new Reading.Refused<>(problems.list());
    }
    ClusterParts parts =
        new ClusterParts(members(spec), null, spec.vrrp().authentication().password());
    return switch (resolve(vip, parts)) {
      case Reading.Refused<AgentConfig> refused -> refused;
      case Reading.Accepted<AgentConfig>(AgentConfig config, List<String> none) ->
          new Reading.Accepted<>(config, notes(spec));
    };
  }

  /** The document for a cluster, or what stands against it. */
  public static Reading<AgentConfig> resolve(ApiServerVip vip, ClusterParts parts) {
    ApiServerVipSpec spec = vip.spec();
    Long generation = vip.metadata().generation();
    try {
      return Reading.accepted(
          new AgentConfig(
              vip.metadata().name(),
              generation == null ? 0 : generation,
              spec.addresses().isEmpty() ? null : VrrpResolution.resolve(spec, parts.password()),
              new HealthConfig(
                  spec.health().localApiServer().weight(), spec.health().noBackend().weight()),
              loadBalancer(spec, parts.backends()),
              agent(spec.agent()),
              parts.members()));
    } catch (IllegalArgumentException e) {
      return Reading.refused("spec", Objects.requireNonNullElse(e.getMessage(), "is not valid"));
    }
  }

  /** The members that the resource lists; none: the cluster's nodes are to be asked. */
  public static List<MemberConfig> members(ApiServerVipSpec spec) {
    return spec.members().stream().map(ConfigResolution::member).toList();
  }

  private static void checkFileMode(ApiServerVipSpec spec, Problems problems) {
    problems.unless(
        !spec.members().isEmpty(),
        "spec.members",
        null,
        "required in file mode: list each node with its addresses and priority, such as"
            + " {node: cp-1, addresses: [10.99.0.11], priority: 250}");
    problems.unless(
        spec.vrrp().authentication().passwordSecretRef() == null,
        "spec.vrrp.authentication.passwordSecretRef",
        null,
        "not possible in file mode, where there is no Secret; write password inline");
    problems.unless(
        spec.loadBalancer().mode() != LoadBalancerMode.KERNEL,
        "spec.loadBalancer.mode",
        null,
        "Kernel is not implemented yet; use Proxy or None");
  }

  private static List<String> notes(ApiServerVipSpec spec) {
    List<String> notes = new ArrayList<>();
    if (spec.loadBalancer().mode() == LoadBalancerMode.PROXY
        && spec.loadBalancer().backends().source() == BackendSource.KUBERNETES_SERVICE) {
      notes.add(
          "spec.loadBalancer.backends.source: KubernetesService cannot be looked up in file mode;"
              + " Members is used");
    }
    return notes;
  }

  private static @Nullable LoadBalancerConfig loadBalancer(
      ApiServerVipSpec spec, @Nullable BackendsConfig backends) {
    if (spec.loadBalancer().mode() == LoadBalancerMode.NONE) {
      return null;
    }
    return LoadBalancerResolution.resolve(
        spec.loadBalancer(),
        backends == null ? LoadBalancerResolution.backends(spec.loadBalancer()) : backends);
  }

  private static AgentSettings agent(AgentSpec agent) {
    return new AgentSettings(
        agent.statusPort(), addresses(agent.statusAddresses()), agent.logLevel());
  }

  private static MemberConfig member(MemberSpec member) {
    return new MemberConfig(
        member.node(), addresses(member.addresses()), member.priority(), member.interfaceName());
  }

  private static List<InetAddress> addresses(List<String> texts) {
    return texts.stream().map(text -> Objects.requireNonNull(IpLiteral.parse(text), text)).toList();
  }
}
