package io.apiservervip.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agentapi.HealthCheckConfig;
import io.apiservervip.api.v1alpha1.CheckType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorseNewsTest {
  private static final Verdict WELL = new Verdict(0, true, "");
  private static final Verdict OWN_SICK = new Verdict(-85, true, "own");
  private static final Verdict NONE = new Verdict(-170, true, "none");
  private static final Verdict CANNOT_SERVE = new Verdict(-170, false, "not bound");
  private static final long PATIENCE = 4_000;

  private final WorseNews news = new WorseNews();

  @Test
  void aHolderKeepsWorseNewsUntilTheOthersHadTheTimeToFindThem() {
    assertThat(holder(OWN_SICK, 1_000)).isEqualTo(WELL);
    assertThat(holder(OWN_SICK, 4_999)).isEqualTo(WELL);
    assertThat(holder(OWN_SICK, 5_000)).isEqualTo(OWN_SICK);
  }

  @Test
  void newsThatGetWorseStillAreKeptFromThenOn() {
    assertThat(holder(OWN_SICK, 1_000)).isEqualTo(WELL);
    assertThat(holder(NONE, 3_000)).isEqualTo(WELL);
    assertThat(holder(NONE, 6_999)).isEqualTo(WELL);
    assertThat(holder(NONE, 7_000)).isEqualTo(NONE);
  }

  @Test
  void whatWasToldIsNotTakenBackWhileItGetsWorse() {
    holder(OWN_SICK, 0);
    assertThat(holder(OWN_SICK, 4_000)).isEqualTo(OWN_SICK);
    assertThat(holder(NONE, 5_000)).isEqualTo(OWN_SICK);
    assertThat(holder(NONE, 9_000)).isEqualTo(NONE);
  }

  @Test
  void aHolderThatIsWellAgainNeverToldIt() {
    assertThat(holder(OWN_SICK, 1_000)).isEqualTo(WELL);
    assertThat(holder(WELL, 2_000)).isEqualTo(WELL);
    assertThat(holder(OWN_SICK, 5_500)).isEqualTo(WELL);
    assertThat(holder(OWN_SICK, 9_500)).isEqualTo(OWN_SICK);
  }

  @Test
  void betterNewsAreToldAtOnce() {
    holder(NONE, 0);
    assertThat(holder(NONE, 4_000)).isEqualTo(NONE);
    assertThat(holder(OWN_SICK, 4_001)).isEqualTo(OWN_SICK);
    assertThat(holder(WELL, 4_002)).isEqualTo(WELL);
  }

  @Test
  void whoHoldsNothingTellsAtOnce() {
    assertThat(news.toTell(OWN_SICK, false, PATIENCE, 1_000)).isEqualTo(OWN_SICK);
  }

  @Test
  void aHolderThatCannotServeSaysSoAtOnce() {
    assertThat(holder(CANNOT_SERVE, 1_000)).isEqualTo(CANNOT_SERVE);
  }

  @Test
  void patienceIsTheLongestThatChecksTakeToNotice() {
    assertThat(WorseNews.patience(check(1000, 1000, 3))).isEqualTo(Duration.ofSeconds(4));
    assertThat(WorseNews.patience(check(1000, 3000, 2))).isEqualTo(Duration.ofSeconds(7));
    assertThat(WorseNews.patience(check(2000, 500, 3))).isEqualTo(Duration.ofSeconds(8));
  }

  private Verdict holder(Verdict found, long nowNanos) {
    return news.toTell(found, true, PATIENCE, nowNanos);
  }

  private static HealthCheckConfig check(int intervalMillis, int timeoutMillis, int fall) {
    return new HealthCheckConfig(
        new HealthCheckConfig.Probe(CheckType.HTTPS, "/readyz", Duration.ofMillis(timeoutMillis)),
        Duration.ofMillis(intervalMillis),
        Duration.ofMillis(500),
        2,
        fall,
        true);
  }
}
