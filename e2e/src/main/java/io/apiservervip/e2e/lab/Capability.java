package io.apiservervip.e2e.lab;

import java.util.List;
import java.util.stream.Stream;

/** Which privileges a program gets on a host. */
public enum Capability {
  /** All that root has. */
  ROOT(""),
  /** NET_ADMIN, NET_RAW, NET_BIND_SERVICE and SYS_NICE alone: what a DaemonSet would grant. */
  AGENT("-all,+net_admin,+net_raw,+net_bind_service,+sys_nice"),
  /** As for the agent, but for the one that raw sockets need. */
  WITHOUT_NET_RAW("-all,+net_admin,+net_bind_service,+sys_nice");

  private final String boundingSet;

  Capability(String boundingSet) {
    this.boundingSet = boundingSet;
  }

  List<String> wrap(List<String> command) {
    if (boundingSet.isEmpty()) {
      return command;
    }
    List<String> limit = List.of("setpriv", "--bounding-set=" + boundingSet, "--inh-caps=-all");
    return Stream.concat(limit.stream(), command.stream()).toList();
  }
}
