package io.apiservervip.agent.observe;

import io.apiservervip.agent.router.RouterStatus;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parts of {@link AgentPage} that tell of the virtual router. */
final class RouterSections {
  private RouterSections() {}

  static void facts(Html html, AgentPage.Data data) {
    AgentView view = data.view();
    RouterStatus router = view.router();
    html.open("section", "aria-labelledby", "router");
    html.element("h2", "Virtual router", "id", "router").open("dl", "class", "facts");
    fact(html, "Addresses", addresses(view), router.addressOwned() ? "held here" : holder(router));
    fact(
        html,
        "Priority",
        String.valueOf(router.effectivePriority()),
        router.effectivePriority() == router.priority()
            ? "as configured"
            : "of " + router.priority() + ", lowered by health");
    fact(
        html,
        "Interface",
        router.interfaceName() == null ? "none" : router.interfaceName(),
        router.mac() == null ? "" : router.mac().toString());
    AgentView.Group group = view.group();
    fact(
        html,
        "Group",
        group.version() == 0 ? "none" : "id " + group.virtualRouterId(),
        group.version() == 0 ? "no virtual address" : "VRRP version " + group.version());
    fact(
        html,
        "Document",
        view.config().origin().text(),
        view.config().path()
            + (view.config().observedGeneration() == 0
                ? ""
                : ", generation " + view.config().observedGeneration()));
    html.close("dl").close("section");
  }

  static void peers(Html html, AgentView view) {
    List<RouterStatus.Peer> peers = view.router().peers();
    if (peers.isEmpty()) {
      return;
    }
    html.open("section", "aria-labelledby", "peers");
    html.element("h2", "Who is heard here", "id", "peers");
    HtmlTable table = new HtmlTable(html, "Node", "Address", "Heard", "Last advert", "Priority");
    for (RouterStatus.Peer peer : peers) {
      table.row();
      table.head(peer.node());
      table.cell(peer.address().getHostAddress());
      table.cell(() -> hearing(html, peer));
      table.cell(() -> lastHeard(html, peer.lastHeard(), view.heartbeat()));
      table.cell(peer.priority() < 0 ? "–" : String.valueOf(peer.priority()));
      table.end();
    }
    table.close();
    html.element(
        "p",
        "As "
            + view.identity().node()
            + " hears it. Only an Active advertises: a Backup is silent.",
        "class",
        "note");
    html.close("section");
  }

  static void changes(Html html, AgentPage.Data data) {
    if (data.changes().isEmpty()) {
      return;
    }
    html.open("section", "aria-labelledby", "changes");
    html.element("h2", "Role changes", "id", "changes");
    HtmlTable table = new HtmlTable(html, "Ago", "Role", "Reason", "Detail");
    for (RoleHistory.Change change : data.changes()) {
      table.row();
      table.head(() -> AgentPage.age(html, change.at(), data.view().heartbeat()));
      table.cell(
          () ->
              html.text(change.from().text() + " → ")
                  .element(
                      "span", change.to().text(), "class", "word " + AgentPage.tone(change.to())));
      table.cell(change.reason().tag().replace('_', ' '));
      table.cell(change.detail());
      table.end();
    }
    table.close();
    html.close("section");
  }

  private static void fact(Html html, String name, String value, String detail) {
    html.open("div").element("dt", name);
    html.open("dd").element("strong", value);
    if (!detail.isEmpty()) {
      html.element("small", detail);
    }
    html.close("dd").close("div");
  }

  private static String addresses(AgentView view) {
    return view.group().addresses().isEmpty()
        ? "none"
        : view.group().addresses().stream()
            .map(virtual -> virtual.address().getHostAddress() + "/" + virtual.prefixLength())
            .collect(Collectors.joining(", "));
  }

  private static String holder(RouterStatus router) {
    InetAddress active = router.activeSource();
    if (active == null) {
      return "nobody is known to hold them";
    }
    for (RouterStatus.Peer peer : router.peers()) {
      if (peer.address().equals(active)) {
        return "held by " + peer.node();
      }
    }
    return "held by " + active.getHostAddress();
  }

  private static void hearing(Html html, RouterStatus.Peer peer) {
    if (peer.heard()) {
      html.element("span", "● heard, it is Active", "class", "word good");
    } else {
      html.element(
          "span", peer.lastHeard() == null ? "○ never" : "○ silent", "class", "word quiet");
    }
  }

  private static void lastHeard(Html html, @Nullable Instant last, Instant now) {
    if (last == null) {
      html.text("–");
    } else {
      AgentPage.age(html, last, now);
      html.text(" ago");
    }
  }
}
