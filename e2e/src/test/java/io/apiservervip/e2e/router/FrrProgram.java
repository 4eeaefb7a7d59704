package io.apiservervip.e2e.router;

import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * FRR's vrrpd with its zebra, as a member of a group. It speaks from a macvlan interface with the
 * virtual MAC of RFC 9568 section 7.3, which the administrator makes beforehand and which carries
 * the address in every role.
 */
final class FrrProgram implements RouterProgram {
  private static final String DAEMONS = "/usr/lib/frr/";

  @Override
  public String name() {
    return "frr";
  }

  @Override
  public boolean ready(Router router) {
    return router.running();
  }

  @Override
  public Router configure(Lab lab, GroupConfig group, List<GroupMember> members, GroupMember member)
      throws IOException {
    Path directory = Files.createDirectories(lab.directory().resolve("frr-" + member.host()));
    Files.writeString(directory.resolve("vrrpd.conf"), config(group, member));
    Files.writeString(directory.resolve("zebra.conf"), "");
    macvlan(lab, group, member.host());
    String common =
        " -u frr -g frr -P 0 -z $0/zserv.api --vty_socket $0 --log stdout --log-level info ";
    String script =
        "chmod o+x $0/.. && chown -R frr:frr $0; rm -f $0/*.pid $0/*.vty $0/zserv.api; "
            + DAEMONS
            + "zebra -f $0/zebra.conf -i $0/zebra.pid"
            + common
            + "& for i in 1 2 3 4 5 6 7 8 9 10; do [ -S $0/zserv.api ] && break; sleep 0.2; done; "
            + "exec "
            + DAEMONS
            + "vrrpd -f $0/vrrpd.conf -i $0/vrrpd.pid"
            + common;
    return new Router(
        lab,
        member,
        "frr-" + member.host(),
        List.of("sh", "-c", script, directory.toString()),
        Capability.ROOT); // it changes to a user of its own
  }

  private static String config(GroupConfig group, GroupMember member) {
    String vrrp = " vrrp " + group.virtualRouterId();
    return "interface eth0\n"
        + vrrp
        + " version "
        + group.version()
        + "\n"
        + vrrp
        + " priority "
        + member.priority()
        + "\n"
        + vrrp
        + " advertisement-interval "
        + group.interval().toMillis()
        + "\n"
        + vrrp
        + (group.ipv6() ? " ipv6 " : " ip ")
        + group.address()
        + "\n";
  }

  private static void macvlan(Lab lab, GroupConfig group, Host host) throws IOException {
    String family = group.ipv6() ? "02" : "01";
    String mac = "00:00:5e:00:%s:%02x".formatted(family, group.virtualRouterId());
    String address = group.address() + (group.ipv6() ? "/128 nodad" : "/32");
    for (String command :
        List.of(
            "link add vr0 link eth0 type macvlan mode bridge",
            "link set dev vr0 addrgenmode none", // else every router had the same link-local
            "address add fe80::" + host.ipv4().replaceFirst(".*\\.", "") + "/64 dev vr0 nodad",
            "link set dev vr0 address " + mac,
            "address add " + address + " dev vr0",
            "link set dev vr0 up")) {
      lab.run(host, ("ip " + command).split(" "));
    }
  }
}
