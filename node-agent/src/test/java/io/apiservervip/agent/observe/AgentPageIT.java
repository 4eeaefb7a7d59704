package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.router.Role;
import io.apiservervip.agent.vrrp.TransitionReason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page for people in a real browser; pictures of it stay in target/pages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentPageIT {
  private static final String SCROLLING_SECTIONS =
      "[...document.querySelectorAll('section')].filter(s => s.scrollWidth > s.clientWidth).length";

  private StatusServer server;
  private Browser browser;

  @BeforeAll
  void open(@TempDir Path profile) throws Exception {
    server =
        new StatusServer(
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            new StatusPages(
                new StatusPages.Liveness(() -> 0, () -> 0, List::of),
                new StatusPages.Contents(() -> "", () -> "", AgentPageIT::page, SessionSource.NONE),
                StatusAuth.NONE),
            Duration.ofHours(1));
    server.start();
    browser = Browser.start(profile);
  }

  @AfterAll
  void close() throws Exception {
    browser.quit();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "390, 844, false",
    "390, 844, true",
    "1280, 900, false",
    "1280, 900, true",
    "320, 640, false",
    "800, 1280, false",
    "1099, 800, true",
    "1100, 800, false"
  })
  void pageFitsItsWindowAsksForNothingAndComplainsOfNothing(int width, int height, boolean dark)
      throws Exception {
    browser.look(width, height, dark);
    browser.open(url() + "?pause");
    browser.screenshot(Path.of("target/pages/" + width + (dark ? "-dark" : "-light") + ".png"));

    assertThat(browser.ask("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
    assertThat(browser.ask(SCROLLING_SECTIONS).asInt()).isZero();
    assertThat(browser.requests())
        .filteredOn(url -> !url.startsWith("data:"))
        .containsExactly(url() + "?pause");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void pageComesAnewByItself() throws Exception {
    browser.open(url());
    browser.awaitLoad();

    assertThat(browser.requests()).filteredOn(url()::equals).hasSize(2);
  }

  @Test
  void hostileTextIsTextAndTheStyleSheetIsInForce() throws Exception {
    browser.look(1280, 900, false);
    browser.open(url() + "?pause");

    assertThat(browser.ask("document.scripts.length").asInt()).isZero();
    assertThat(browser.ask("document.body.innerText").asText())
        .contains("<script>alert('refused')</script>");
    assertThat(
            browser
                .ask("getComputedStyle(document.querySelector('section')).borderRadius")
                .asText())
        .isEqualTo("12px");
  }

  private String url() {
    return "http://127.0.0.1:" + server.bound().getFirst().getPort() + "/";
  }

  private static String page(boolean renewing) {
    AgentView view = Samples.view("IP protocol 112 is filtered", null);
    return AgentPage.render(
        new AgentPage.Data(
            view,
            Alerts.of(view, null),
            List.of("listener rke2 is not bound", "x".repeat(600)),
            Map.of(
                "apiserver",
                Map.of(
                    Samples.backend("10.99.0.11", 6443),
                    new Traffic(
                        new BackendTotals(123_456, 98_765_432_100L, 1_234_567_890_123L, 12, 3, 1),
                        new Traffic.Rate(412.5, 1_240_000, 98_700_000)))),
            List.of(
                new RoleHistory.Change(
                    view.router().since(),
                    Role.BACKUP,
                    Role.ACTIVE,
                    TransitionReason.ACTIVE_SILENT,
                    "no advert for 309 ms"))),
        renewing);
  }
}
