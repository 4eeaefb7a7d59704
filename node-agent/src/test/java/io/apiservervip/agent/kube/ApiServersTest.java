package io.apiservervip.agent.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ApiServersTest {
  private static final ApiServer A = new ApiServer("10.99.0.11", 6443);
  private static final ApiServer B = new ApiServer("fd99::12", 6443);

  @Test
  void eachServerStandsOnce() {
    ApiServers servers = new ApiServers(List.of(B, A, B), List.of(A));
    assertThat(servers.direct()).containsExactly(B, A);
    assertThat(servers.fallback()).isEmpty();
    assertThat(servers.all()).containsExactly(B, A);
  }

  @Test
  void anAddressOfVersionSixIsBracketed() {
    assertThat(B.uri("https", "/readyz")).hasToString("https://[fd99::12]:6443/readyz");
  }

  @Test
  void whatIsNoPortIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ApiServer("10.99.0.11", 70_000));
  }
}
