package io.apiservervip.e2e.demo;

import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.router.AgentStatus;
import io.apiservervip.e2e.router.Router;
import io.apiservervip.e2e.router.RouterGroup;
import java.util.List;
import java.util.Optional;

/** Who is what on which host, drawn again in place on a terminal, else printed when it changed. */
final class RoleTable {
  private static final String ROW = "%-6s %-11s %-9s %-22s %-12s %s";

  private final RouterGroup group;
  private final HolderWatch watch;
  private final boolean inPlace;
  private List<String> shown = List.of();

  RoleTable(RouterGroup group, HolderWatch watch, boolean inPlace) {
    this.group = group;
    this.watch = watch;
    this.inPlace = inPlace;
  }

  /** Lines that stand on the screen for good; the table is drawn anew below them. */
  void say(String line) {
    System.out.println(line);
    shown = List.of();
  }

  void refresh() throws InterruptedException {
    java.util.ArrayList<String> rows = new java.util.ArrayList<>();
    rows.add(ROW.formatted("HOST", "ROLE", "PRIORITY", "SINCE", "ADDRESS", "LAST EVENT"));
    for (Router router : group.routers()) {
      rows.add(row(router));
    }
    if (rows.equals(shown)) {
      return;
    }
    if (inPlace && !shown.isEmpty()) {
      System.out.print("\u001b[" + shown.size() + "A");
    }
    rows.forEach(row -> System.out.println(inPlace ? "\u001b[2K" + row : row));
    shown = rows;
  }

  private String row(Router router) throws InterruptedException {
    String node = router.host().node();
    String address = watch.holders().contains(node) ? group.config().address() : "-";
    Optional<AgentStatus> status =
        router.running() ? AgentStatus.of(router.host()) : Optional.empty();
    return status
        .map(
            s ->
                ROW.formatted(
                    node, s.role(), s.effectivePriority(), s.since(), address, s.message()))
        .orElseGet(
            () ->
                ROW.formatted(node, router.running() ? "starting" : "gone", "-", "-", address, ""));
  }
}
