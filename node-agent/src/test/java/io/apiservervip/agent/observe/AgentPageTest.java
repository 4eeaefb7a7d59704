package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgentPageTest {
  @Test
  void pageOfAnActiveTellsEverything() {
    assertThat(render("IP protocol 112 is filtered", "spec: refused", List.of("starting")))
        .contains(
            "<title>cp-1 Active – control-plane</title>",
            "10.99.0.50/32",
            "held here",
            "of 250, lowered by health",
            "Split brain</strong> IP protocol 112 is filtered",
            "Not ready</strong> starting",
            "spec: refused; the one before stays in force",
            "no translation: the kernel has no nf_tables",
            "▼ Down",
            "◇ Draining",
            "▼ not listening",
            "port 19345 is held by process 812 (rke2); choose another bindPort",
            "● heard, it is Active",
            "○ never",
            "<div>for 10 d 1 h<small>");
  }

  @Test
  void textFromOutsideIsEscaped() {
    assertThat(render(null, "<img src=x onerror=alert(1)>", List.of()))
        .contains("&lt;script&gt;alert(&#39;refused&#39;)&lt;/script&gt;", "&lt;img src=x")
        .doesNotContain("<script", "<img");
  }

  @Test
  void pageRenewsItselfUnlessPaused() {
    AgentPage.Data data = data(null, null, List.of());
    assertThat(AgentPage.render(data, true))
        .contains("<meta http-equiv=\"refresh\" content=\"5\">", "href=\"/?pause\"");
    assertThat(AgentPage.render(data, false)).doesNotContain("http-equiv").contains("href=\"/\"");
  }

  @Test
  void agentWithoutProxyAndTroublesShowsNeither() {
    AgentView view = Samples.view(null, null);
    AgentView bare =
        new AgentView(
            view.identity(), view.group(), view.config(), view.router(), null, view.heartbeat());

    assertThat(
            AgentPage.render(
                new AgentPage.Data(bare, List.of(), List.of(), Map.of(), List.of()), true))
        .doesNotContain("Listener", "Attention", "Role changes");
  }

  private static String render(
      @Nullable String splitBrain, @Nullable String configError, List<String> missing) {
    return AgentPage.render(data(splitBrain, configError, missing), true);
  }

  private static AgentPage.Data data(
      @Nullable String splitBrain, @Nullable String configError, List<String> missing) {
    AgentView view = Samples.view(splitBrain, configError);
    return new AgentPage.Data(view, Alerts.of(view, null), missing, Map.of(), List.of());
  }
}
