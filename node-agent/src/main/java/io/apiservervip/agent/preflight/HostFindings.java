package io.apiservervip.agent.preflight;

import io.apiservervip.agent.router.InterfaceAddress;
import io.apiservervip.agent.router.LinkSnapshot;
import io.apiservervip.agent.router.NetworkInterfaceState;
import io.apiservervip.agent.router.Placement;
import io.apiservervip.agent.router.RouterSettings;
import io.apiservervip.agent.router.VirtualAddress;
import io.apiservervip.agent.vrrp.Cast;
import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** What the interfaces, addresses and settings of this host mean for the addresses. Pure. */
public final class HostFindings {
  private static final int STRICT = 1;

  private final RouterSettings settings;
  private final LinkSnapshot snapshot;
  private final Subnets subnets;
  private final ToIntFunction<String> setting;

  /**
   * @param setting of the kernel, such as {@code net/ipv4/conf/all/rp_filter}; -1 where it is none
   */
  public HostFindings(
      RouterSettings settings, LinkSnapshot snapshot, ToIntFunction<String> setting) {
    this.settings = settings;
    this.snapshot = snapshot;
    this.setting = setting;
    Set<InetAddress> virtual =
        settings.addresses().stream().map(VirtualAddress::address).collect(Collectors.toSet());
    this.subnets = new Subnets(snapshot, virtual);
  }

  /** Where the virtual router would stand, or why it cannot. */
  public List<Finding> of(Placement placement) {
    List<Finding> findings = new ArrayList<>();
    switch (placement) {
      case Placement.Missing(String detail) -> {
        findings.add(
            Finding.fail(
                "interface", detail, "correct spec.addresses, spec.interface or the host"));
        findings.addAll(elsewhere());
      }
      case Placement.Found found -> {
        findings.add(found(found));
        settings.addresses().forEach(virtual -> findings.add(subnet(virtual, found.link())));
        findings.add(reversePath(found.link()));
        findings.addAll(sameSubnet(found.link()));
      }
    }
    return findings;
  }

  private static Finding found(Placement.Found found) {
    return Finding.ok(
        "interface",
        found.link().name()
            + ", "
            + found.link().mac()
            + ", sends from "
            + found.sources().values().stream()
                .map(HostFindings::text)
                .collect(Collectors.joining(" and ")));
  }

  private Finding subnet(VirtualAddress virtual, NetworkInterfaceState link) {
    String check = "address " + text(virtual.address());
    return subnets.containing(virtual.address()).stream()
        .filter(hit -> hit.link().index() == link.index())
        .findFirst()
        .map(hit -> Finding.ok(check, "in the subnet of " + hit.prefix() + " on " + link.name()))
        .orElseGet(
            () ->
                Finding.warn(
                    check,
                    "in no subnet of " + link.name(),
                    "routers must know a way to it; else take an address of a subnet there"));
  }

  /** An advert that comes from another way than the answer would take is dropped by the kernel. */
  private Finding reversePath(NetworkInterfaceState link) {
    String check = "rp_filter";
    int filter = Math.max(conf("all", "rp_filter"), conf(link.name(), "rp_filter"));
    List<String> outside = new ArrayList<>();
    List<String> elsewhere = new ArrayList<>();
    for (RouterSettings.Member member : settings.others()) {
      for (InetAddress address : member.addresses()) {
        if (Family.of(address) == Family.IPV4) {
          sort(member.node() + " " + text(address), address, link, outside, elsewhere);
        }
      }
    }
    if (filter == STRICT && !elsewhere.isEmpty()) {
      return Finding.fail(
          check,
          "1 on "
              + link.name()
              + ", and another interface leads to "
              + String.join(", ", elsewhere),
          "sysctl -w net.ipv4.conf."
              + link.name()
              + ".rp_filter=2 (and .all), or correct spec.interface");
    }
    List<String> far = new ArrayList<>(elsewhere);
    far.addAll(outside);
    if (!far.isEmpty() && settings.group().cast() == Cast.MULTICAST) {
      return Finding.warn(
          "members",
          "in no subnet of " + link.name() + ": " + String.join(", ", far),
          "224.0.0.18 does not leave a subnet: correct spec.members, or set spec.vrrp.transport:"
              + " Unicast");
    }
    return Finding.ok(check, filter <= 0 ? "off" : filter + ", and members are where it looks");
  }

  private void sort(
      String name,
      InetAddress address,
      NetworkInterfaceState link,
      List<String> outside,
      List<String> elsewhere) {
    List<Subnets.Hit> hits = subnets.containing(address);
    if (hits.isEmpty()) {
      outside.add(name);
    } else if (hits.stream().noneMatch(hit -> hit.link().index() == link.index())) {
      elsewhere.add(name);
    }
  }

  /** Another interface of the same segment answers ARP for the address, with its own station. */
  private List<Finding> sameSubnet(NetworkInterfaceState link) {
    return settings.addresses().stream()
        .map(VirtualAddress::address)
        .filter(address -> Family.of(address) == Family.IPV4)
        .flatMap(address -> subnets.containing(address).stream())
        .map(Subnets.Hit::link)
        .filter(other -> other.index() != link.index())
        .distinct()
        .filter(other -> ignore(other.name()) == 0)
        .map(
            other ->
                Finding.warn(
                    "arp_ignore",
                    "0 on " + other.name() + ", which is in the same subnet and answers too",
                    "sysctl -w net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2"))
        .toList();
  }

  /** Whether a virtual address stands on an interface of this host where it does not belong. */
  private List<Finding> elsewhere() {
    List<Finding> findings = new ArrayList<>();
    for (InterfaceAddress held : snapshot.addresses()) {
      if (settings.isVirtual(held.address()) && !held.ours()) {
        String name = name(held.interfaceIndex());
        String check = "arp_ignore";
        String seen =
            ignore(name)
                + ", arp_announce "
                + Math.max(conf("all", "arp_announce"), conf(name, "arp_announce"))
                + ", while "
                + name
                + " has "
                + text(held.address());
        findings.add(
            ignore(name) == 0
                ? Finding.fail(
                    check,
                    seen + ": this host answers for it on every interface",
                    name.equals("kube-ipvs0")
                        ? "take it out of the Services of kube-proxy, or set strictARP: true there"
                        : "sysctl -w net.ipv4.conf.all.arp_ignore=1"
                            + " net.ipv4.conf.all.arp_announce=2, or remove it there")
                : Finding.ok(check, seen));
      }
    }
    return findings;
  }

  private int ignore(String name) {
    return Math.max(conf("all", "arp_ignore"), conf(name, "arp_ignore"));
  }

  private int conf(String name, String key) {
    return setting.applyAsInt("net/ipv4/conf/" + name + "/" + key);
  }

  private String name(int index) {
    return snapshot.interfaces().stream()
        .filter(state -> state.index() == index)
        .map(NetworkInterfaceState::name)
        .findFirst()
        .orElse("interface " + index);
  }

  private static String text(InetAddress address) {
    return address.getHostAddress();
  }
}
