package io.apiservervip.e2e.router;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Text of a keepalived.conf for one member of a group: keepalived.conf(5). */
final class KeepalivedConfig {
  private KeepalivedConfig() {}

  /**
   * What one scenario adds.
   *
   * @param blocks text before the instance
   * @param lines of the instance
   */
  record Extras(String blocks, List<String> lines) {
    static final Extras NONE = new Extras("", List.of());

    Extras {
      lines = List.copyOf(lines);
    }
  }

  static String text(
      GroupConfig group, List<GroupMember> members, GroupMember member, Extras extras) {
    StringBuilder text = new StringBuilder(512);
    text.append("global_defs {\n  router_id ").append(member.host()).append("\n");
    text.append("  vrrp_version ").append(group.version()).append("\n}\n");
    text.append(extras.blocks());
    text.append("vrrp_instance lab {\n  state BACKUP\n  interface eth0\n");
    line(text, "virtual_router_id", group.virtualRouterId());
    line(text, "priority", member.priority());
    line(text, "advert_int", seconds(group.interval()));
    extras.lines().forEach(extra -> text.append("  ").append(extra).append('\n'));
    if (!group.options().preempt()) {
      text.append("  nopreempt\n");
    } else if (!group.options().preemptDelay().isZero()) {
      line(text, "preempt_delay", seconds(group.options().preemptDelay()));
    }
    if (group.options().unicast()) {
      unicast(text, group, members, member);
    }
    if (!group.password().isEmpty()) {
      text.append("  authentication {\n    auth_type PASS\n");
      text.append("    auth_pass ").append(group.password()).append("\n  }\n");
    }
    text.append("  virtual_ipaddress {\n");
    group.addresses().forEach(address -> text.append("    ").append(address).append('\n'));
    return text.append("  }\n}\n").toString();
  }

  private static void unicast(
      StringBuilder text, GroupConfig group, List<GroupMember> members, GroupMember member) {
    line(text, "unicast_src_ip", address(group, member));
    text.append("  unicast_peer {\n");
    members.stream()
        .filter(peer -> !peer.equals(member))
        .forEach(peer -> text.append("    ").append(address(group, peer)).append('\n'));
    text.append("  }\n");
  }

  private static String address(GroupConfig group, GroupMember member) {
    return group.ipv6() ? member.host().ipv6() : member.host().ipv4();
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  private static void line(StringBuilder text, String key, Object value) {
    text.append("  ").append(key).append(' ').append(value).append('\n');
  }
}
