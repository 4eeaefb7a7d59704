package io.apiservervip.agent.observe;

import io.apiservervip.agent.health.BackendHealth;
import io.apiservervip.agent.proxy.BackendLoad;
import io.apiservervip.agent.proxy.ListenerStatus;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.api.v1alpha1.BackendState;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parts of {@link AgentPage} that tell of the proxy and of the checks. */
final class ProxySections {
  private ProxySections() {}

  static void listeners(Html html, AgentPage.Data data) {
    ProxyView proxy = data.view().proxy();
    if (proxy == null) {
      return;
    }
    int number = 0;
    for (ListenerStatus listener : proxy.listeners()) {
      String id = "listener" + number++;
      html.open("section", "aria-labelledby", id);
      html.open("h2", "id", id).text("Listener " + listener.name() + " ");
      html.element("small", "port " + listener.port()).close("h2");
      summary(html, listener, data.traffic().getOrDefault(listener.name(), Map.of()));
      backends(html, listener, proxy, data);
      html.close("section");
    }
  }

  private static void summary(
      Html html, ListenerStatus listener, Map<BackendAddress, Traffic> traffic) {
    html.open("p", "class", "summary");
    if (listener.bound().isEmpty()) {
      html.element("span", "▼ not listening", "class", "word bad");
    } else {
      html.element("span", "● listening", "class", "word good");
      html.text(
          " on "
              + listener.bound().stream()
                  .map(SessionsDocument::text)
                  .collect(Collectors.joining(", ")));
    }
    html.text(" · ").element("strong", Figures.count(listener.sessions())).text(" sessions");
    if (listener.queued() > 0) {
      html.text(" · ");
      html.element("strong", Figures.count(listener.queued()) + " waiting", "class", "word warn");
    }
    Traffic.Rate rate = Traffic.sum(traffic.values());
    if (rate != null) {
      html.text(" · " + Figures.perSecond(rate.connections()) + " new/s · ");
      html.text(Figures.bytes(rate.fromClient()) + "/s in · ");
      html.text(Figures.bytes(rate.toClient()) + "/s out");
    }
    html.close("p");
    if (listener.problem() != null) {
      html.element("p", listener.problem(), "class", "problem bad");
    }
  }

  private static void backends(
      Html html, ListenerStatus listener, ProxyView proxy, AgentPage.Data data) {
    if (listener.backends().isEmpty()) {
      html.element("p", "No backend is configured.", "class", "note");
      return;
    }
    Map<BackendAddress, Traffic> traffic = data.traffic().getOrDefault(listener.name(), Map.of());
    HtmlTable table =
        new HtmlTable(
            html,
            "Backend",
            "State",
            "Sessions",
            "New",
            "From clients",
            "To clients",
            "Troubles",
            "Check",
            "Certificate valid");
    for (ProxyView.Row row : proxy.backends(listener)) {
      Traffic of = traffic.getOrDefault(row.load().address(), Traffic.NONE);
      table.row();
      table.head(() -> address(html, row.load()));
      table.cell(() -> state(html, row, data.view().heartbeat()));
      table.cell(() -> sessions(html, row.load()));
      table.cell(() -> connections(html, of));
      table.cell(() -> bytes(html, of.totals().fromClient(), fromClient(of)));
      table.cell(() -> bytes(html, of.totals().toClient(), toClient(of)));
      table.cell(() -> troubles(html, of.totals()));
      table.cell(() -> check(html, row.health()));
      table.cell(() -> certificate(html, row.health(), data.view().heartbeat()));
      table.end();
    }
    table.close();
  }

  private static void address(Html html, BackendLoad load) {
    html.text(load.address().text());
    html.element("small", "weight " + load.weight());
  }

  private static void state(Html html, ProxyView.Row row, Instant now) {
    BackendState state = row.load().state();
    String word =
        switch (state) {
          case UP -> "▲ Up";
          case NOT_READY -> "◆ NotReady";
          case DOWN -> "▼ Down";
          case DRAINING -> "◇ Draining";
        };
    html.element("span", word, "class", "badge " + tone(state));
    BackendHealth health = row.health();
    if (health != null) {
      html.open("small").text(health.checked() ? "for " : "not checked yet, for ");
      AgentPage.age(html, health.since(), now);
      html.close("small");
    }
  }

  private static String tone(BackendState state) {
    return switch (state) {
      case UP -> "good";
      case NOT_READY -> "warn";
      case DOWN -> "bad";
      case DRAINING -> "calm";
    };
  }

  private static void sessions(Html html, BackendLoad load) {
    html.text(Figures.count(load.active()));
    if (load.pending() > 0) {
      html.element("small", "+ " + Figures.count(load.pending()) + " connecting");
    }
  }

  private static void connections(Html html, Traffic of) {
    Traffic.Rate rate = of.rate();
    html.text(rate == null ? "–" : Figures.perSecond(rate.connections()) + "/s");
    html.element("small", Figures.count(of.totals().connections()) + " total");
  }

  private static void bytes(Html html, long total, @Nullable Double rate) {
    html.text(rate == null ? "–" : Figures.bytes(rate) + "/s");
    html.element("small", Figures.bytes((double) total) + " total");
  }

  private static @Nullable Double fromClient(Traffic of) {
    return of.rate() == null ? null : of.rate().fromClient();
  }

  private static @Nullable Double toClient(Traffic of) {
    return of.rate() == null ? null : of.rate().toClient();
  }

  private static void troubles(Html html, BackendTotals totals) {
    html.text(Figures.count(totals.failed()) + " failed");
    html.element(
        "small",
        Figures.count(totals.hedged())
            + " hedged · "
            + Figures.count(totals.replayed())
            + " replayed");
  }

  private static void check(Html html, @Nullable BackendHealth health) {
    if (health == null || health.lastCheckNanos() < 0) {
      html.text("–");
    } else {
      html.text(Figures.span(health.lastCheckNanos()));
    }
    if (health != null && health.lastError() != null) {
      html.element("small", health.lastError(), "class", "error");
    }
  }

  private static void certificate(Html html, @Nullable BackendHealth health, Instant now) {
    if (health == null || health.certificate() == null) {
      html.text("–");
      return;
    }
    Instant end = health.certificate().notAfter();
    if (now.isBefore(end)) {
      html.text("for " + Figures.age(now, end));
    } else {
      html.element("span", "ended " + Figures.age(end, now) + " ago", "class", "word bad");
    }
    String moment = end.toString();
    html.open("small");
    html.element("time", moment.substring(0, 10), "datetime", moment, "title", moment);
    html.close("small");
  }
}
