package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificatesTest {
  private static final ProxyView VIEW = Samples.proxy();

  @ParameterizedTest
  @CsvSource({
    "10.99.0.50, 10.99.0.50, true",
    "10.99.0.50, 10.99.0.5, false",
    "fd99::50, fd99:0:0:0:0:0:0:50, true",
    "FD99::50, fd99::50, true",
    "api.example.com, API.example.com, true",
    "api.example.com, *.example.com, true",
    "a.b.example.com, *.example.com, false",
    "example.com, *.example.com, false",
    "10.99.0.50, *.99.0.50, false"
  })
  void namesAreCoveredAsClientsJudgeThem(String wanted, String presented, boolean covered) {
    assertThat(Certificates.missing(List.of(wanted), List.of(presented)).isEmpty())
        .isEqualTo(covered);
  }

  @Test
  void eachBackendHasOneLineWithWhatIsMissing() {
    assertThat(Certificates.of(VIEW))
        .containsExactly(
            new Certificates.Line(
                Samples.backend("10.99.0.11", 6443),
                Instant.parse("2026-12-01T00:00:00Z"),
                List.of("apiserver.cluster.local")));
  }

  @Test
  void endIsSaidThirtyDaysAhead() {
    assertThat(warnings("2026-10-31T23:59:59Z")).hasSize(1);
    assertThat(warnings("2026-11-20T22:31:00Z"))
        .containsExactly(
            "the certificate of 10.99.0.11:6443 ends in 10 days, at 2026-12-01T00:00:00Z",
            "the certificate of 10.99.0.11:6443 does not cover apiserver.cluster.local: clients"
                + " that check it refuse the server");
    assertThat(warnings("2026-12-01T00:00:00Z"))
        .contains("the certificate of 10.99.0.11:6443 ended at 2026-12-01T00:00:00Z");
  }

  private static List<String> warnings(String now) {
    return Certificates.warnings(VIEW, Instant.parse(now));
  }
}
