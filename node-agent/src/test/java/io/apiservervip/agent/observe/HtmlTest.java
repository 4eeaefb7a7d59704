package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void textAndAttributesAreEscaped() {
    Html html = new Html().element("p", "<b>&\"'", "title", "\" onclick='x'>");

    assertThat(html.toString())
        .endsWith("<p title=\"&quot; onclick=&#39;x&#39;&gt;\">&lt;b&gt;&amp;&quot;&#39;</p>\n");
  }

  @Test
  void controlsAndMarksThatTurnTheTextAreReplaced() {
    assertThat(new Html().text("a\u0000\u001b\u202e\u2066\u200bb").toString())
        .endsWith("a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDb");
  }

  @Test
  void longTextIsCut() {
    assertThat(new Html().text("x".repeat(501)).toString()).endsWith("x".repeat(500) + "…");
  }
}
