package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Authentication;
import io.apiservervip.agent.vrrp.Cast;
import io.apiservervip.agent.vrrp.Family;
import io.apiservervip.agent.vrrp.VirtualRouterConfig;
import io.apiservervip.agent.vrrp.Vrid;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that the loop runs from; replaced whole.
 *
 * @param self node name of this agent's member
 * @param addresses at least one; the family of the first one elects, the other follows
 * @param interfaceName null: the interface whose on-link subnet contains the first address
 * @param lifetimeSeconds the kernel drops an address that was not renewed for so long; 0: never
 */
public record RouterSettings(
    String self,
    VirtualRouterConfig router,
    Group group,
    List<VirtualAddress> addresses,
    @Nullable String interfaceName,
    int lifetimeSeconds) {
  public RouterSettings {
    addresses = List.copyOf(addresses);
  }

  /**
   * Who forms the group and how its members know each other.
   *
   * @param acceptAny adverts of others than the members are accepted too
   */
  public record Group(
      Vrid vrid,
      Authentication authentication,
      Cast cast,
      boolean acceptAny,
      List<Member> members) {
    public Group {
      members = List.copyOf(members);
    }
  }

  /** One node of the group. */
  public record Member(String node, List<InetAddress> addresses) {
    public Member {
      addresses = List.copyOf(addresses);
    }
  }

  /** The family that elects. */
  public Family electing() {
    return Family.of(addresses.getFirst().address());
  }

  /** Families with an address, the electing one first. */
  public Set<Family> families() {
    EnumSet<Family> families = EnumSet.noneOf(Family.class);
    addresses.forEach(address -> families.add(Family.of(address.address())));
    return families;
  }

  /** The virtual addresses of one family, in the manifest's order. */
  public List<InetAddress> addressesOf(Family family) {
    return addresses.stream()
        .map(VirtualAddress::address)
        .filter(address -> Family.of(address) == family)
        .toList();
  }

  /**
   * This agent's own member; null where it is not listed: then its adverts are nobody's, and
   * whoever runs the loop ends it by a shutdown, which hands over.
   */
  @Nullable Member own() {
    return group.members().stream().filter(m -> m.node().equals(self)).findFirst().orElse(null);
  }

  /** Whether it is one of the virtual addresses. */
  public boolean isVirtual(InetAddress address) {
    for (int i = 0; i < addresses.size(); i++) {
      if (addresses.get(i).address().equals(address)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is an address of one of the members. */
  boolean isMember(InetAddress address) {
    return group.members().stream().anyMatch(member -> member.addresses().contains(address));
  }

  /** How people know a sender: {@code node-b (10.0.0.2)}, or the address alone. */
  public String nameOf(InetAddress address) {
    String text = address.getHostAddress();
    return group.members().stream()
        .filter(member -> member.addresses().contains(address))
        .findFirst()
        .map(member -> member.node() + " (" + text + ")")
        .orElse(text);
  }

  /** Every member but this one. */
  public List<Member> others() {
    return group.members().stream().filter(member -> !member.node().equals(self)).toList();
  }

  /**
   * Whether the change makes another virtual router, which listens before it speaks; everything
   * else is applied without a fail-over.
   */
  boolean sameIdentity(RouterSettings other) {
    return group.vrid().equals(other.group.vrid())
        && router.version() == other.router.version()
        && electing() == other.electing()
        && self.equals(other.self)
        && Objects.equals(interfaceName, other.interfaceName);
  }
}
