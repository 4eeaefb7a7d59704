package io.apiservervip.agent;

import io.apiservervip.agent.proxy.LoopCheck;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.DurationText;
import io.apiservervip.agentapi.MemberConfig;
import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import io.apiservervip.agentapi.UnusedFields;
import io.apiservervip.agentapi.VirtualAddressConfig;
import io.apiservervip.agentapi.VrrpConfig;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a manifest as {@code run} would and tells what this node would do with it. */
final class ManifestCheck implements ConfigLoader {
  @Override
  public Outcome load(Path file, String node) {
    return switch (CheckedManifest.read(file)) {
      case Reading.Refused<CheckedManifest>(List<Problem> problems) ->
          new Refused(problems.stream().map(Problem::line).toList());
      case Reading.Accepted<CheckedManifest>(CheckedManifest checked, List<String> notes) ->
          outcome(checked, notes, node);
    };
  }

  private static Outcome outcome(CheckedManifest checked, List<String> notes, String node) {
    MemberConfig self = checked.config().member(node);
    List<String> faults = checked.faults(node);
    if (self == null || !faults.isEmpty()) {
      return new Refused(faults);
    }
    List<String> lines = new ArrayList<>(notes);
    lines.addAll(UnusedFields.lines(checked.manifest()));
    return new Resolved(plan(checked.config(), self), lines);
  }

  /** The line for a node that the manifest does not know. */
  static String notMember(AgentConfig config, String node) {
    return "spec.members: has no node "
        + node
        + " (members: "
        + config.members().stream().map(MemberConfig::node).collect(Collectors.joining(", "))
        + "); add it, or set --node to one of them";
  }

  /** A line for each backend that is the proxy of this node itself; none: all is well. */
  static List<String> loops(AgentConfig config, String node) {
    MemberConfig self = config.member(node);
    return LoopCheck.problems(config, self == null ? Set.of() : Set.copyOf(self.addresses()));
  }

  private static List<Row> plan(AgentConfig config, MemberConfig self) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("name", config.name()));
    rows.add(new Row("node", self.node() + " " + hosts(self.addresses())));
    VrrpConfig vrrp = config.vrrp();
    if (vrrp == null) {
      rows.add(new Row("addresses", "none: no VRRP here"));
      return rows;
    }
    rows.add(new Row("addresses", addresses(vrrp)));
    rows.add(new Row("interface", place(vrrp.interfaceName(), self.interfaceName())));
    rows.add(new Row("priority", Integer.toString(self.priority())));
    rows.add(
        new Row(
            "VRRP",
            "version "
                + vrrp.group().version()
                + ", virtual router id "
                + vrrp.group().virtualRouterId()
                + ", an advert every "
                + DurationText.format(vrrp.group().advertisementInterval())
                + ", "
                + vrrp.group().transport().name().toLowerCase(java.util.Locale.ROOT)));
    rows.add(new Row("preempt", Boolean.toString(vrrp.takeOver().preempt())));
    rows.add(new Row("lifetime", DurationText.format(vrrp.addressLifetime())));
    rows.add(new Row("status port", Integer.toString(config.agent().statusPort())));
    for (MemberConfig member : config.members()) {
      rows.add(
          new Row(
              "member",
              member.node() + " " + hosts(member.addresses()) + " priority " + member.priority()));
    }
    return rows;
  }

  private static String addresses(VrrpConfig vrrp) {
    return vrrp.addresses().stream().map(ManifestCheck::text).collect(Collectors.joining(" "));
  }

  private static String text(VirtualAddressConfig virtual) {
    return virtual.address().getHostAddress() + "/" + virtual.prefixLength();
  }

  private static String place(@Nullable String common, @Nullable String own) {
    if (own != null) {
      return own;
    }
    return common == null ? "the one whose subnet contains the first address" : common;
  }

  private static String hosts(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(" "));
  }
}
