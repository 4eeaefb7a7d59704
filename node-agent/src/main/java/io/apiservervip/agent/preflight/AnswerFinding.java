package io.apiservervip.agent.preflight;

import io.apiservervip.agent.router.MacAddress;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a virtual address is answered for already, and by whom. Pure.
 *
 * @param names by node, the other members' stations as far as they answered
 * @param active nodes whose adverts of this group were heard
 */
record AnswerFinding(Map<MacAddress, String> names, Set<String> active) {
  AnswerFinding {
    names = Map.copyOf(names);
    active = Set.copyOf(active);
  }

  /**
   * @param macs stations that answered for the address
   */
  Finding of(InetAddress virtual, Collection<MacAddress> macs) {
    String check = "who has " + virtual.getHostAddress();
    if (macs.isEmpty()) {
      return Finding.ok(check, "no other host answers");
    }
    String all = macs.stream().map(this::text).sorted().collect(Collectors.joining(" and "));
    if (macs.size() > 1) {
      return Finding.fail(
          check,
          "several stations answer: " + all,
          "two hosts hold it: find them by these link-layer addresses and take it off all but"
              + " the Active");
    }
    @Nullable String node = names.get(macs.iterator().next());
    if (node == null) {
      return Finding.fail(
          check,
          "answered by " + all + ", no member of the group",
          "choose another address, or find that host (the switch's table of link-layer"
              + " addresses) and take it off there");
    }
    return active.contains(node)
        ? Finding.ok(check, "answered by " + all + ", which is Active")
        : Finding.fail(
            check,
            "answered by " + all + ", whose adverts are not heard",
            "take a left-over address off there (ip address del), or allow IP protocol 112"
                + " from there");
  }

  /** Where it cannot be asked: the reason. */
  static Finding unasked(InetAddress virtual, String why) {
    return Finding.notChecked("who has " + virtual.getHostAddress(), why, "");
  }

  private String text(MacAddress mac) {
    String node = names.get(mac);
    return node == null ? mac.toString() : mac + " (" + node + ")";
  }
}
