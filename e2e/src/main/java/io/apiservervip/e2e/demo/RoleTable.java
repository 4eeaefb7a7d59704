package io.apiservervip.e2e.demo;

import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.router.AgentStatus;
import io.apiservervip.e2e.router.Router;
import io.apiservervip.e2e.router.RouterGroup;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who is what on which host, and the resource that tells of it. On a terminal it is drawn again in
 * place, ten times a second; elsewhere it is printed when asked for. One thread.
 */
final class RoleTable {
  private static final String ROW = "  %-5s %-11s %-9s %-9s %-11s %s";
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  private final RouterGroup group;
  private final HolderWatch watch;
  private final ResourceWatch resource;
  private final boolean terminal;
  private int drawn;

  RoleTable(RouterGroup group, HolderWatch watch, ResourceWatch resource, boolean terminal) {
    this.group = group;
    this.watch = watch;
    this.resource = resource;
    this.terminal = terminal;
  }

  /** A line that stands on the screen for good; the table is drawn anew below it. */
  void say(String line) {
    System.out.println(line);
    drawn = 0;
  }

  /** Draws what changes, on a terminal. */
  void refresh() throws InterruptedException {
    if (terminal) {
      draw();
    } else {
      resource.look();
    }
  }

  /** What the resource told of since the last call, as kubectl get -w prints it. */
  void told() {
    say("  kubectl get apiservervips -w");
    say(ResourceWatch.header());
    resource.changes().forEach(this::say);
  }

  /** The table for good, as it is now. */
  void print() throws InterruptedException {
    draw();
    drawn = 0;
  }

  private void draw() throws InterruptedException {
    List<String> rows = new ArrayList<>();
    rows.add(ROW.formatted("HOST", "ROLE", "PRIORITY", "SINCE", "ADDRESS", "WHY, AT THAT TIME"));
    for (Router router : group.routers()) {
      rows.add(row(router));
    }
    rows.add(ResourceWatch.header());
    rows.add(resource.look());
    StringBuilder text = new StringBuilder(512);
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    // without wrapping: a wrapped line would spoil the count of lines to go up
    rows.forEach(
        row ->
            text.append(terminal ? "\u001b[?7l\u001b[2K" + row + "\u001b[?7h" : row).append('\n'));
    System.out.print(text);
    System.out.flush();
    drawn = rows.size();
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
                    node, s.role(), s.effectivePriority(), clock(s.since()), address, s.message()))
        .orElseGet(
            () ->
                ROW.formatted(
                    node, router.running() ? "starting" : "not running", "-", "-", address, ""));
  }

  private static String clock(String instant) {
    try {
      return CLOCK.format(Instant.parse(instant));
    } catch (DateTimeParseException e) {
      return "-";
    }
  }
}
