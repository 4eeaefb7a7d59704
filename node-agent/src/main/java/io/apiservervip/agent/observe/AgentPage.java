package io.apiservervip.agent.observe;

import io.apiservervip.agent.router.Role;
import io.apiservervip.agent.router.RouterStatus;
import io.apiservervip.agentapi.BackendAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** The page for people: one HTML document that loads nothing and runs nothing. */
public final class AgentPage {
  private static final String RENEWAL_SECONDS = "5";

  private AgentPage() {}

  /** Makes the page; without renewal a reader can take his time. */
  @FunctionalInterface
  public interface Source {
    String render(boolean renewing);
  }

  /**
   * What the page shows.
   *
   * @param alerts what {@link Alerts} says
   * @param missing what is not ready yet, a phrase each
   * @param traffic by listener and backend
   * @param changes the last role changes, the newest first
   */
  public record Data(
      AgentView view,
      List<String> alerts,
      List<String> missing,
      Map<String, Map<BackendAddress, Traffic>> traffic,
      List<RoleHistory.Change> changes) {
    public Data {
      alerts = List.copyOf(alerts);
      missing = List.copyOf(missing);
      traffic = Map.copyOf(traffic);
      changes = List.copyOf(changes);
    }
  }

  /** The page of this moment. */
  public static String render(Data data, boolean renewing) {
    Html html = new Html();
    html.open("html", "lang", "en");
    head(html, data.view(), renewing);
    html.open("body");
    banner(html, data);
    html.open("main");
    alerts(html, data);
    RouterSections.facts(html, data);
    ProxySections.listeners(html, data);
    RouterSections.peers(html, data.view());
    RouterSections.changes(html, data);
    html.close("main");
    footer(html, data.view(), renewing);
    return html.close("body").close("html").toString();
  }

  /** A moment as its age, with the moment itself for whoever points at it. */
  static void age(Html html, Instant then, Instant now) {
    String moment = then.truncatedTo(ChronoUnit.SECONDS).toString();
    html.element("time", Figures.age(then, now), "datetime", moment, "title", moment);
  }

  private static void head(Html html, AgentView view, boolean renewing) {
    html.open("head").open("meta", "charset", "utf-8");
    html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.open("meta", "name", "color-scheme", "content", "light dark");
    if (renewing) {
      html.open("meta", "http-equiv", "refresh", "content", RENEWAL_SECONDS);
    }
    html.open("link", "rel", "icon", "href", icon(view.router().role()));
    html.element(
        "title",
        view.identity().node() + " " + view.router().role().text() + " – " + view.identity().vip());
    html.style(PageStyle.CSS).close("head");
  }

  private static void banner(Html html, AgentView view, RouterStatus router) {
    html.open("header");
    html.open("div", "class", "who");
    html.element("p", "ApiServerVip", "class", "kicker");
    html.element("h1", view.identity().vip());
    html.element("p", "node " + view.identity().node(), "class", "node");
    html.close("div");
    html.open("div", "class", "role " + tone(router.role()));
    html.element("strong", router.role().text());
    html.open("span").text("for ");
    age(html, router.since(), view.heartbeat());
    html.close("span").element("span", router.reason(), "class", "reason");
    html.close("div").close("header");
  }

  private static void banner(Html html, Data data) {
    banner(html, data.view(), data.view().router());
  }

  private static void alerts(Html html, Data data) {
    String splitBrain = data.view().router().splitBrain();
    String refused = data.view().config().error();
    if (splitBrain == null
        && refused == null
        && data.missing().isEmpty()
        && data.alerts().isEmpty()) {
      return;
    }
    html.open("section", "class", "alerts", "aria-labelledby", "alerts");
    html.element("h2", "Attention", "id", "alerts").open("ul");
    if (splitBrain != null) {
      alert(html, "bad", "Split brain", splitBrain);
    }
    if (!data.missing().isEmpty()) {
      alert(html, "bad", "Not ready", String.join("; ", data.missing()));
    }
    if (refused != null) {
      alert(html, "bad", "Document refused", refused + "; the one before stays in force");
    }
    data.alerts().forEach(line -> alert(html, "warn", "Warning", line));
    html.close("ul").close("section");
  }

  private static void alert(Html html, String tone, String kind, String text) {
    html.open("li", "class", tone).element("strong", kind).text(" " + text).close("li");
  }

  private static void footer(Html html, AgentView view, boolean renewing) {
    html.open("footer").open("p");
    html.text("node-agent " + view.identity().agentVersion() + ", shown at ");
    html.text(view.heartbeat().truncatedTo(ChronoUnit.SECONDS) + ". ");
    html.text(renewing ? "Renewed every 5 s: " : "Paused: ");
    html.element("a", renewing ? "pause" : "resume", "href", renewing ? "/?pause" : "/");
    html.close("p").open("nav", "aria-label", "Other views");
    html.element("a", "status (JSON)", "href", "/status");
    html.element("a", "sessions (JSON)", "href", "/status?sessions");
    html.element("a", "metrics", "href", "/metrics");
    html.close("nav").close("footer");
  }

  /** The colour of a role; the word stands beside it always. */
  static String tone(Role role) {
    return switch (role) {
      case ACTIVE -> "good";
      case BACKUP, STANDBY -> "calm";
      case INITIALIZE -> "warn";
      case FAULT -> "bad";
    };
  }

  private static String icon(Role role) {
    String colour =
        switch (role) {
          case ACTIVE -> "1a7f4b";
          case BACKUP, STANDBY -> "2f6fb3";
          case INITIALIZE -> "b26b00";
          case FAULT -> "c0362c";
        };
    return "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
        + "%3Crect width='16' height='16' rx='4' fill='%23"
        + colour
        + "'/%3E%3Cpath d='M4 13V5q4-4 8 0v8' fill='none' stroke='white' stroke-width='2'/%3E"
        + "%3C/svg%3E";
  }
}
