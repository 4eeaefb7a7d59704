package io.apiservervip.agent.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortFindingTest {
  private static PortFinding.Wanted wanted(String address, boolean ours) {
    return new PortFinding.Wanted("spec.agent.statusPort", 9870, Set.of(Nodes.ip(address)), ours);
  }

  private static List<InetAddress> at(String address) {
    return List.of(Nodes.ip(address));
  }

  @Test
  void aPortWithoutListenerIsFree() {
    assertThat(PortFinding.of(wanted("::", false), List.of(), null))
        .isEqualTo(Finding.ok("port 9870", "free"));
  }

  @Test
  void whoHoldsItIsNamed() {
    assertThat(PortFinding.of(wanted("::", false), at("10.99.0.11"), "etcd (pid 9)"))
        .isEqualTo(
            Finding.fail(
                "port 9870",
                "etcd (pid 9) listens on 10.99.0.11",
                "set spec.agent.statusPort to a port that is free on every node, or stop that"
                    + " program"));
    assertThat(PortFinding.of(wanted("10.99.0.11", false), at("0.0.0.0"), null).seen())
        .isEqualTo("another process listens on 0.0.0.0");
  }

  @Test
  void aListenerOnAnotherAddressIsNoHindrance() {
    assertThat(PortFinding.of(wanted("127.0.0.1", false), at("10.99.0.11"), "etcd (pid 9)"))
        .isEqualTo(Finding.ok("port 9870", "free"));
  }

  @Test
  void theAgentsOwnListenerIsOk() {
    assertThat(PortFinding.of(wanted("::", true), at("::"), "java (pid 9)"))
        .isEqualTo(Finding.ok("port 9870", "held by the agent that runs here"));
  }
}
