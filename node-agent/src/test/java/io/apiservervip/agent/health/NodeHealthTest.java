package io.apiservervip.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agentapi.HealthConfig;
import io.apiservervip.api.v1alpha1.BackendState;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeHealthTest {
  private static final HealthConfig WEIGHTS = new HealthConfig(-85, -170);
  private static final long NOW = Long.MIN_VALUE + 1_000;
  private static final Set<InetAddress> FIRST = Set.of(InetAddress.ofLiteral("10.99.0.11"));
  private static final Set<InetAddress> NONE = Set.of(InetAddress.ofLiteral("10.99.0.99"));

  /** States of .11, .12 and .13: Up, NotReady, Down, unchecked. */
  @ParameterizedTest(name = "{0}: {2} on {1}")
  @CsvSource({
    "all well,                                   first, UUU, 0,    ''",
    "own server down,                            first, DUU, -85,  'the API server of this node is not up: because'",
    "own server not ready,                       first, NUU, -85,  'the API server of this node is not up: because'",
    "another server down is no matter,           first, UDD, 0,    ''",
    "no server is up: the worse weight alone,    first, DDD, -170, 'no API server is up'",
    "not ready serves no more than down,         first, NND, -170, 'no API server is up'",
    "nothing is known yet,                       first, uuu, 0,    ''",
    "own server not checked yet,                 first, uDD, 0,    ''",
    "own server down while others are unchecked, first, Duu, -85,  'the API server of this node is not up: because'",
    "no server here: any one that is up will do, none,  DDU, 0,    ''",
    "no server here and none is up,              none,  DDD, -170, 'no API server is up'",
    "no server here and one not checked yet,     none,  DDu, 0,    ''",
    "no backend to check,                        none,  '',  0,    ''"
  })
  void weight(String name, String node, String states, int weight, String reason) {
    Set<InetAddress> own = node.equals("first") ? FIRST : NONE;

    Verdict verdict = NodeHealth.verdict(WEIGHTS, backends(states), own, true, NOW);

    assertThat(verdict.weight()).as(name).isEqualTo(weight);
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.canServe()).isTrue();
  }

  @Test
  void worstWeightCountsWhicheverItIs() {
    HealthConfig ownIsWorse = new HealthConfig(-200, -100);

    Verdict verdict = NodeHealth.verdict(ownIsWorse, backends("DDD"), FIRST, true, NOW);

    assertThat(verdict.weight()).isEqualTo(-200);
    assertThat(verdict.reason()).isEqualTo("the API server of this node is not up: because");
  }

  @Test
  void weightsOfZeroSwitchItOff() {
    Verdict verdict = NodeHealth.verdict(new HealthConfig(0, 0), backends("DDD"), FIRST, true, NOW);

    assertThat(verdict.weight()).isZero();
  }

  @Test
  void proxyThatCannotServeIsSaidWithTheWeightBesideIt() {
    assertThat(NodeHealth.verdict(WEIGHTS, backends("UUU"), FIRST, false, NOW))
        .isEqualTo(new Verdict(0, false, "the proxy cannot serve", NOW));
    assertThat(NodeHealth.verdict(WEIGHTS, backends("DUU"), FIRST, false, NOW).weight())
        .isEqualTo(-85);
  }

  /** The backends were checked 30, 20 and 10 ns ago; a lower case letter: its last check failed. */
  @ParameterizedTest(name = "{0}: {2} on {1}")
  @CsvSource({
    "any server that passed is proof,                   none,  UUU, 10",
    "one whose last check failed is none,               none,  UUf, 20",
    "nor is one that is down,                           none,  UUD, 20",
    "the own server counts as well as any,              first, UUU, 30",
    "own server that begins to fail: no proof,          first, fUU, never",
    "nothing passed its last check,                     none,  fff, never",
    "nothing checked yet,                               none,  uuu, never",
    "own server down: when it was checked,              first, DUU, 30",
    "none up: when the last one was checked,            first, DDD, 10",
    "nothing to check: always,                          none,  '',  0"
  })
  void proof(String name, String node, String states, String ago) {
    Set<InetAddress> own = node.equals("first") ? FIRST : NONE;

    Verdict verdict = NodeHealth.verdict(WEIGHTS, backends(states), own, true, NOW);

    if (ago.equals("never")) {
      assertThat(NOW - verdict.checkedNanos()).as(name).isGreaterThan(1L << 60);
    } else {
      assertThat(NOW - verdict.checkedNanos()).as(name).isEqualTo(Long.parseLong(ago));
    }
  }

  private static List<BackendHealth> backends(String states) {
    List<BackendHealth> backends = new ArrayList<>();
    for (int i = 0; i < states.length(); i++) {
      String ip = "10.99.0." + (11 + i);
      long checked = NOW - 30 + 10L * i;
      backends.add(
          switch (states.charAt(i)) {
            case 'U' -> Samples.health(ip, BackendState.UP, true, null, checked);
            case 'f' -> Samples.health(ip, BackendState.UP, true, "timed out", checked);
            case 'N' -> Samples.health(ip, BackendState.NOT_READY, true, "because", checked);
            case 'D' -> Samples.health(ip, BackendState.DOWN, true, "because", checked);
            case 'u' -> Samples.health(ip, BackendState.DOWN, false, null, checked);
            default -> throw new IllegalArgumentException(states);
          });
    }
    return backends;
  }
}
