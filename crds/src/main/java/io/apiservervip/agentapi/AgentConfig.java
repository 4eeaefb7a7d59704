package io.apiservervip.agentapi;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the agents of one resource share, resolved: no field is left to guess but the
 * interface, which each node may find by itself.
 *
 * @param name name of the resource, a DNS label
 * @param generation generation of the resource; 0 where the document came from a file
 * @param vrrp null without virtual addresses
 * @param loadBalancer null where mode is None
 * @param members who may hold the addresses; names and priorities are distinct
 */
public record AgentConfig(
    String name,
    long generation,
    @Nullable VrrpConfig vrrp,
    HealthConfig health,
    @Nullable LoadBalancerConfig loadBalancer,
    AgentSettings agent,
    List<MemberConfig> members) {

  /** Most members of one group. */
  public static final int MAX_MEMBERS = 16;

  public AgentConfig {
    Require.that(
        isName(name), "name: \"" + name + "\" is not a DNS label of at most 40 characters");
    Require.that(generation >= 0, "generation: " + generation + " is negative");
    members = List.copyOf(members);
    Require.range("members: count", members.size(), 0, MAX_MEMBERS);
    requireDistinct(members);
    if (vrrp != null) {
      requireForeign(vrrp.addresses(), members);
    }
  }

  /** Whether a resource may have this name: a DNS label of at most 40 characters. */
  public static boolean isName(String name) {
    return name.length() <= 40 && name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  }

  /** The member that stands for a node; null if the node takes no part. */
  public @Nullable MemberConfig member(String node) {
    for (MemberConfig member : members) {
      if (member.node().equals(node)) {
        return member;
      }
    }
    return null;
  }

  private static void requireDistinct(List<MemberConfig> members) {
    Set<String> nodes = new HashSet<>();
    Set<Integer> priorities = new HashSet<>();
    for (MemberConfig member : members) {
      Require.that(nodes.add(member.node()), "members: node " + member.node() + " stands twice");
      Require.that(
          priorities.add(member.priority()),
          "members: priority " + member.priority() + " stands twice");
    }
  }

  private static void requireForeign(
      List<VirtualAddressConfig> addresses, List<MemberConfig> members) {
    for (MemberConfig member : members) {
      for (VirtualAddressConfig virtual : addresses) {
        Require.that(
            !member.addresses().contains(virtual.address()),
            "addresses: "
                + virtual.address().getHostAddress()
                + " is an address of member "
                + member.node());
      }
    }
  }
}
