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

    Verdict verdict = NodeHealth.verdict(WEIGHTS, backends(states), own, true);

    assertThat(verdict.weight()).as(name).isEqualTo(weight);
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.canServe()).isTrue();
  }

  @Test
  void worstWeightCountsWhicheverItIs() {
    HealthConfig ownIsWorse = new HealthConfig(-200, -100);

    Verdict verdict = NodeHealth.verdict(ownIsWorse, backends("DDD"), FIRST, true);

    assertThat(verdict.weight()).isEqualTo(-200);
    assertThat(verdict.reason()).isEqualTo("the API server of this node is not up: because");
  }

  @Test
  void weightsOfZeroSwitchItOff() {
    Verdict verdict = NodeHealth.verdict(new HealthConfig(0, 0), backends("DDD"), FIRST, true);

    assertThat(verdict.weight()).isZero();
  }

  @Test
  void proxyThatCannotServeIsSaidWithTheWeightBesideIt() {
    assertThat(NodeHealth.verdict(WEIGHTS, backends("UUU"), FIRST, false))
        .isEqualTo(new Verdict(0, false, "the proxy cannot serve"));
    assertThat(NodeHealth.verdict(WEIGHTS, backends("DUU"), FIRST, false).weight()).isEqualTo(-85);
  }

  private static List<BackendHealth> backends(String states) {
    List<BackendHealth> backends = new ArrayList<>();
    for (int i = 0; i < states.length(); i++) {
      String ip = "10.99.0." + (11 + i);
      backends.add(
          switch (states.charAt(i)) {
            case 'U' -> Samples.health(ip, BackendState.UP, true, null);
            case 'N' -> Samples.health(ip, BackendState.NOT_READY, true, "because");
            case 'D' -> Samples.health(ip, BackendState.DOWN, true, "because");
            case 'u' -> Samples.health(ip, BackendState.DOWN, false, null);
            default -> throw new IllegalArgumentException(states);
          });
    }
    return backends;
  }
}
