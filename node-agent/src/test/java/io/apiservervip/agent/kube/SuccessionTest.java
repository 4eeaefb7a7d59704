package io.apiservervip.agent.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.router.Role;
import org.junit.jupiter.api.Test;

class SuccessionTest {
  private final Succession succession = new Succession();

  @Test
  void theActiveThatWasHeardLastIsThePredecessor() {
    assertThat(succession.predecessor(Views.router(Role.BACKUP, Views.CP_2))).isNull();
    assertThat(succession.predecessor(Views.router(Role.BACKUP, null))).isNull();
    assertThat(succession.predecessor(Views.router(Role.ACTIVE, Views.CP_1))).isEqualTo("cp-2");
    assertThat(succession.predecessor(Views.router(Role.ACTIVE, Views.CP_1))).isEqualTo("cp-2");
  }

  @Test
  void whoeverIsActiveNoMoreHasNoPredecessor() {
    succession.predecessor(Views.router(Role.BACKUP, Views.CP_2));
    succession.predecessor(Views.router(Role.ACTIVE, Views.CP_1));
    assertThat(succession.predecessor(Views.router(Role.BACKUP, Views.CP_2))).isNull();
  }

  @Test
  void anActiveThatHeardNobodyHasNoPredecessor() {
    assertThat(succession.predecessor(Views.router(Role.INITIALIZE, null))).isNull();
    assertThat(succession.predecessor(Views.router(Role.ACTIVE, Views.CP_1))).isNull();
  }
}
