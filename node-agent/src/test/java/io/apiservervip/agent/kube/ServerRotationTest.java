package io.apiservervip.agent.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.kube.ServerRotation.Check;
import io.apiservervip.agent.kube.ServerRotation.Leave;
import io.apiservervip.agent.kube.ServerRotation.Search;
import io.apiservervip.agent.kube.ServerRotation.Stay;
import io.apiservervip.agent.kube.ServerRotation.Use;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerRotationTest {
  private static final long SECOND = 1_000_000_000L;
  private static final ApiServer A = new ApiServer("10.99.0.11", 6443);
  private static final ApiServer B = new ApiServer("10.99.0.12", 6443);
  private static final ApiServer C = new ApiServer("10.99.0.13", 6443);
  private static final ApiServer SERVICE = new ApiServer("10.96.0.1", 443);
  private static final ApiServers SERVERS = new ApiServers(List.of(A, B), List.of(SERVICE));
  private static final Trial READY = Trial.status(200);
  private static final Trial NOT_READY = Trial.status(500);
  private static final Trial SILENT = Trial.silent("no answer within 2 s");

  private final ServerRotation rotation = new ServerRotation(SERVERS, 0);

  @Test
  void theFirstThatIsReadyInOrderOfPreferenceIsUsed() {
    assertThat(rotation.begin(0)).isEqualTo(new Search(List.of(A, B, SERVICE)));
    assertThat(rotation.found(Map.of(A, SILENT, B, READY, SERVICE, READY), SECOND))
        .isEqualTo(new Use(B));
    assertThat(rotation.dueNanos()).isEqualTo(2 * SECOND);
  }

  @Test
  void aReadyFallbackIsBetterThanADirectOneThatIsNotReady() {
    rotation.begin(0);
    assertThat(rotation.found(Map.of(A, NOT_READY, SERVICE, READY), 0)).isEqualTo(new Use(SERVICE));
  }

  @Test
  void oneThatIsNotReadyIsBetterThanNone() {
    rotation.begin(0);
    assertThat(rotation.found(Map.of(A, SILENT, B, NOT_READY), 0)).isEqualTo(new Use(B));
  }

  @Test
  void whileNoneAnswersThereIsASearchEveryTwoSeconds() {
    for (long now = 0; now < 3_600 * SECOND; now += 2 * SECOND) {
      assertThat(rotation.dueNanos()).isEqualTo(now);
      assertThat(rotation.begin(now)).isInstanceOf(Search.class);
      assertThat(rotation.found(Map.of(A, SILENT), now + SECOND)).isEqualTo(new Stay());
    }
    rotation.begin(3_600 * SECOND);
    assertThat(rotation.found(Map.of(B, READY), 3_600 * SECOND)).isEqualTo(new Use(B));
  }

  @Test
  void theOneInUseIsAskedEveryTwoSeconds() {
    useA();
    assertThat(rotation.dueNanos()).isEqualTo(2 * SECOND);
    assertThat(rotation.begin(2 * SECOND)).isEqualTo(new Check(A));
    assertThat(rotation.checked(READY, 3 * SECOND)).isEqualTo(new Stay());
    assertThat(rotation.dueNanos()).isEqualTo(4 * SECOND);
  }

  @Test
  void twoMissesAreTheEndOfIt() {
    useA();
    rotation.begin(2 * SECOND);
    assertThat(rotation.checked(SILENT, 4 * SECOND)).isEqualTo(new Stay());
    assertThat(rotation.dueNanos()).isEqualTo(4_500_000_000L);
    assertThat(rotation.begin(4_500_000_000L)).isEqualTo(new Check(A));
    assertThat(rotation.checked(SILENT, 6_500_000_000L))
        .isEqualTo(new Leave(A, "no answer within 2 s"));
    assertThat(rotation.dueNanos()).isEqualTo(6_500_000_000L);
    assertThat(rotation.begin(6_500_000_000L)).isInstanceOf(Search.class);
  }

  @Test
  void oneMissIsForgivenByAnAnswer() {
    useA();
    rotation.begin(2 * SECOND);
    rotation.checked(SILENT, 4 * SECOND);
    rotation.begin(5 * SECOND);
    assertThat(rotation.checked(READY, 5 * SECOND)).isEqualTo(new Stay());
    rotation.begin(7 * SECOND);
    assertThat(rotation.checked(SILENT, 9 * SECOND)).isEqualTo(new Stay());
  }

  @Test
  void oneThatIsNotReadyIsLeftForOneThatIs() {
    useA();
    rotation.begin(2 * SECOND);
    assertThat(rotation.checked(NOT_READY, 2 * SECOND)).isEqualTo(new Stay());
    assertThat(rotation.dueNanos()).isEqualTo(2 * SECOND);
    assertThat(rotation.begin(2 * SECOND)).isInstanceOf(Search.class);
    assertThat(rotation.found(Map.of(A, NOT_READY, B, READY), 2 * SECOND)).isEqualTo(new Use(B));
  }

  @Test
  void oneThatIsNotReadyIsKeptWhileNoneIsBetter() {
    useA();
    rotation.begin(2 * SECOND);
    rotation.checked(NOT_READY, 2 * SECOND);
    rotation.begin(2 * SECOND);
    assertThat(rotation.found(Map.of(A, NOT_READY, B, SILENT), 3 * SECOND)).isEqualTo(new Stay());
    assertThat(rotation.dueNanos()).isEqualTo(4 * SECOND);
    assertThat(rotation.begin(4 * SECOND)).isInstanceOf(Search.class);
    assertThat(rotation.found(Map.of(A, READY, B, READY), 4 * SECOND)).isEqualTo(new Stay());
    assertThat(rotation.begin(6 * SECOND)).isEqualTo(new Check(A));
  }

  @Test
  void aFallbackIsLeftOnceADirectOneIsBack() {
    rotation.begin(0);
    assertThat(rotation.found(Map.of(SERVICE, READY), 0)).isEqualTo(new Use(SERVICE));
    assertThat(rotation.begin(2 * SECOND)).isEqualTo(new Check(SERVICE));
    rotation.checked(READY, 2 * SECOND);
    assertThat(rotation.begin(30 * SECOND)).isInstanceOf(Search.class);
    assertThat(rotation.found(Map.of(SERVICE, READY, A, READY), 30 * SECOND)).isEqualTo(new Use(A));
  }

  @Test
  void oneThatIsListedNoMoreIsLeft() {
    useA();
    assertThat(rotation.replace(new ApiServers(List.of(B, C), List.of(SERVICE)), SECOND))
        .isEqualTo(new Leave(A, "it is an API server no more"));
    assertThat(rotation.dueNanos()).isEqualTo(SECOND);
    assertThat(rotation.begin(SECOND)).isEqualTo(new Search(List.of(B, C, SERVICE)));
  }

  @Test
  void oneThatIsStillListedIsKept() {
    useA();
    assertThat(rotation.replace(new ApiServers(List.of(C, A), List.of()), SECOND))
        .isEqualTo(new Stay());
    assertThat(rotation.dueNanos()).isEqualTo(2 * SECOND);
  }

  @Test
  void aFirstListOfDirectOnesEndsTheUseOfTheFallbackAtOnce() {
    ServerRotation fresh = new ServerRotation(new ApiServers(List.of(), List.of(SERVICE)), 0);
    fresh.begin(0);
    assertThat(fresh.found(Map.of(SERVICE, READY), 0)).isEqualTo(new Use(SERVICE));
    assertThat(fresh.replace(SERVERS, SECOND)).isEqualTo(new Stay());
    assertThat(fresh.dueNanos()).isEqualTo(SECOND);
    assertThat(fresh.begin(SECOND)).isInstanceOf(Search.class);
    assertThat(fresh.found(Map.of(A, READY, SERVICE, READY), SECOND)).isEqualTo(new Use(A));
  }

  @Test
  void suspicionAsksSoonButNotMoreThanTwiceASecond() {
    useA();
    rotation.suspect(1_200_000_000L);
    assertThat(rotation.dueNanos()).isEqualTo(1_200_000_000L);
    rotation.begin(1_200_000_000L);
    rotation.checked(READY, 1_200_000_000L);
    rotation.suspect(1_300_000_000L);
    assertThat(rotation.dueNanos()).isEqualTo(1_700_000_000L);
  }

  @Test
  void oneThatIsKnownToBeLostIsLeftAtOnce() {
    assertThat(rotation.abandon("found down", 0)).isEqualTo(new Stay());
    useA();
    assertThat(rotation.abandon("found down", SECOND)).isEqualTo(new Leave(A, "found down"));
    assertThat(rotation.dueNanos()).isEqualTo(SECOND);
    assertThat(rotation.begin(SECOND)).isInstanceOf(Search.class);
  }

  private void useA() {
    rotation.begin(0);
    assertThat(rotation.found(Map.of(A, READY), 0)).isEqualTo(new Use(A));
  }
}
