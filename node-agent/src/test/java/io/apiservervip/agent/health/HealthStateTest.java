package io.apiservervip.agent.health;

import static io.apiservervip.agent.health.Samples.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agentapi.HealthCheckConfig;
import io.apiservervip.api.v1alpha1.BackendState;
import io.apiservervip.api.v1alpha1.CheckType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows of what happened, 100 ms apart, and the state after each: {@code +} good check, {@code *}
 * one that took a second, {@code n} not ready, {@code -} failed check, {@code ?} check that could
 * not be asked, {@code C} connect succeeded, {@code c} failed, {@code l} lost its race, {@code A}
 * first flight answered, {@code a} left unanswered, {@code .} a second went by. States: {@code u}
 * unchecked, Up, NotReady, Down.
 */
class HealthStateTest {
  private static final long START = Long.MAX_VALUE - 500 * MILLI;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the first good check makes it Up at once,                +,          U",
    "the first failed check leaves it Down,                   -,          D",
    "the first answer that is not ready,                      n,          N",
    "after a bad first check it has to rise,                  -++,        DDU",
    "a check that could not be asked is no verdict,           ??+?,       uuUU",
    "three failed checks in a row take it down,               +---,       UUUD",
    "a good check ends the row of failures,                   +--+--,     UUUUUU",
    "two good checks in a row bring it up,                    +---+-++,   UUUDDDDU",
    "not ready counts at once,                                +n,         UN",
    "not ready rises like Down,                               +n+n++,     UNNNNU",
    "not ready that fails goes Down after the third,          +n---,      UNNND",
    "an answer ends the row of failures even if not ready,    +n--n--,    UNNNNNN",
    "Down that answers not ready is NotReady,                 +---n,      UUUDN",
    "failed connects count as failed checks,                  +ccc,       UUUD",
    "checks and connects share a row,                         +-c-,       UUUD",
    "a good check ends the row of failed connects,            +cc+cc,     UUUUUU",
    "a connect that succeeded ends the row of failed ones,    +ccCccC,    UUUUUUU",
    "but does not excuse failed checks of a frozen server,    +-C-C-C,    UUUUUDD",
    "connects that succeed never bring it up,                 +cccCCCC,   UUUDDDDD",
    "a failed connect ends the row of good checks,            +---+c++,   UUUDDDDU",
    "a failed connect is no first verdict,                    ccc+,       uuuU",
    "lost races do not count while it answers checks,         +lllll,     UUUUUU",
    "lost races count once nothing succeeded for a second,    +.lll,      UUUUD",
    "a connect that succeeded excuses lost races for a second, +.Cllll,    UUUUUUU",
    "an answered flight excuses lost races for a second,      +.Allll,    UUUUUUU",
    "three unanswered flights after a second without a check, +.aaa,      UUUUD",
    "beside answered checks they make it suspect,             +aaaaaa,    UUUUUUU",
    "a suspect falls with its next failed check,              +aaa-,      UUUUD",
    "and is acquitted by a good one,                          +aaa+-aa,   UUUUUUUU",
    "not by one that began before the suspicion,              +aaa*-,     UUUUUD",
    "an answer that is not ready acquits it too,              +aaan-aa,   UUUUNNNN",
    "an answered flight acquits it,                           +aaaAa-,    UUUUUUU",
    "an answered flight ends their row,                       +aaAaaAaa,  UUUUUUUUU"
  })
  void row(String name, String happened, String expected) {
    assertThat(states(happened, Samples.defaults(true))).as(name).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "three unanswered flights take it down,  +aaa,       UUUD",
    "whatever checks and connects say,       +a+Ca+Ca,   UUUUUUUD",
    "rows begin anew when it is up again,    +aaa++aa,   UUUDDUUU"
  })
  void rowWhereChecksNeedNoAnswer(String name, String happened, String expected) {
    assertThat(states(happened, Samples.quick(CheckType.TCP))).as(name).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "without passive checks no connect counts,  +cccccc,   UUUUUUU",
    "and no first flight,                       +aaaaaa,   UUUUUUU",
    "and no lost race,                          +.llll,    UUUUUU"
  })
  void rowWithoutPassive(String name, String happened, String expected) {
    assertThat(states(happened, Samples.defaults(false))).as(name).isEqualTo(expected);
  }

  @Test
  void manyFailuresToldAtOnceCountEach() {
    HealthState state = up();

    state.saw(new TrafficSample(3, 0, 0, START, START), START + 1);

    assertThat(state.state()).isEqualTo(BackendState.DOWN);
    assertThat(state.lastError()).isEqualTo("3 connects failed");
    assertThat(state.sinceNanos()).isEqualTo(START + 1);
  }

  @Test
  void lastErrorIsThatOfTheLastCheck() {
    HealthState state = up();

    state.checked(new CheckResult.Failed("connection refused"), START, START);
    assertThat(state.lastError()).isEqualTo("connection refused");
    state.checked(new CheckResult.NotReady("HTTP 500"), START, START);
    assertThat(state.lastError()).isEqualTo("HTTP 500");
    state.checked(new CheckResult.Good(), START, START);
    assertThat(state.lastError()).isNull();
    state.checked(new CheckResult.NotAsked("Too many open files"), START, START);
    assertThat(state.lastError()).isEqualTo("Too many open files");
  }

  @Test
  void unansweredFlightsAreTheReason() {
    HealthState state = new HealthState(Samples.quick(CheckType.TCP), START);
    state.checked(new CheckResult.Good(), START, START);

    state.saw(new TrafficSample(0, 0, 4, START, START), START + 1);

    assertThat(state.lastError()).isEqualTo("4 first flights in a row left unanswered");
  }

  @ParameterizedTest
  @CsvSource({
    "+,    0.0,  900",
    "+,    0.5,  1000",
    "+,    1.0,  1100",
    "+n,   0.5,  500",
    "+---, 0.0,  450",
    "+---, 1.0,  550"
  })
  void nextCheckIsDueAfterTheIntervalGiveOrTakeATenth(String happened, double random, long millis) {
    HealthState state = new HealthState(Samples.defaults(true), START);
    happened.chars().forEach(what -> happen(state, (char) what, new Stamps(START), START));

    assertThat(state.nextCheckNanos(random)).isEqualTo(millis * MILLI);
  }

  @Test
  void newRulesKeepTheStateAndBeginTheRowsAnew() {
    HealthState state = up();
    state.checked(new CheckResult.Failed("x"), START, START);
    state.checked(new CheckResult.Failed("x"), START, START);
    HealthCheckConfig old = Samples.defaults(true);

    state.reconfigure(
        new HealthCheckConfig(old.probe(), old.interval(), old.downInterval(), 1, 2, true));

    assertThat(state.state()).isEqualTo(BackendState.UP);
    state.checked(new CheckResult.Failed("x"), START, START);
    assertThat(state.state()).isEqualTo(BackendState.UP);
    state.checked(new CheckResult.Failed("x"), START, START);
    assertThat(state.state()).isEqualTo(BackendState.DOWN);
    state.checked(new CheckResult.Good(), START, START);
    assertThat(state.state()).isEqualTo(BackendState.UP);
  }

  @Test
  void sameRulesKeepTheRows() {
    HealthState state = up();
    state.checked(new CheckResult.Failed("x"), START, START);
    state.checked(new CheckResult.Failed("x"), START, START);

    state.reconfigure(Samples.defaults(true));
    state.checked(new CheckResult.Failed("x"), START, START);

    assertThat(state.state()).isEqualTo(BackendState.DOWN);
  }

  private static HealthState up() {
    HealthState state = new HealthState(Samples.defaults(true), START);
    state.checked(new CheckResult.Good(), START, START);
    return state;
  }

  /** When connections last succeeded. */
  private static final class Stamps {
    private long connectedNanos;
    private long answeredNanos;

    Stamps(long startNanos) {
      connectedNanos = HealthState.longAgo(startNanos);
      answeredNanos = connectedNanos;
    }
  }

  private static String states(String happened, HealthCheckConfig config) {
    HealthState state = new HealthState(config, START);
    Stamps stamps = new Stamps(START);
    StringBuilder seen = new StringBuilder();
    long now = START;
    for (int i = 0; i < happened.length(); i++) {
      char what = happened.charAt(i);
      now += (what == '.' ? 1_000 : 100) * MILLI;
      happen(state, what, stamps, now);
      seen.append(
          switch (state.state()) {
            case UP -> 'U';
            case NOT_READY -> 'N';
            case DOWN -> state.checked() ? 'D' : 'u';
            case DRAINING -> '!';
          });
    }
    return seen.toString();
  }

  private static void happen(HealthState state, char what, Stamps stamps, long now) {
    switch (what) {
      case '+' -> state.checked(new CheckResult.Good(), now, now);
      case '*' -> state.checked(new CheckResult.Good(), now - 1_000 * MILLI, now);
      case 'n' -> state.checked(new CheckResult.NotReady("HTTP 500"), now, now);
      case '-' -> state.checked(new CheckResult.Failed("timed out"), now, now);
      case '?' -> state.checked(new CheckResult.NotAsked("no socket"), now, now);
      case 'C' -> stamps.connectedNanos = now;
      case 'A' -> stamps.answeredNanos = now;
      case 'c' -> state.saw(sample(1, 0, 0, stamps), now);
      case 'l' -> state.saw(sample(0, 1, 0, stamps), now);
      case 'a' -> state.saw(sample(0, 0, 1, stamps), now);
      case '.' -> {}
      default -> throw new IllegalArgumentException("unknown: " + what);
    }
  }

  private static TrafficSample sample(int failed, int lost, int unanswered, Stamps stamps) {
    return new TrafficSample(failed, lost, unanswered, stamps.connectedNanos, stamps.answeredNanos);
  }
}
