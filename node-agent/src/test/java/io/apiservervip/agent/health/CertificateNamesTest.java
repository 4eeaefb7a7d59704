package io.apiservervip.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateNamesTest {
  @ParameterizedTest
  @CsvSource({
    "10.99.0.50,           10.99.0.50,             true",
    "10.99.0.5,            10.99.0.50,             false",
    "fd99:0:0:0:0:0:0:50,  fd99::50,               true",
    "fd99:0:0:0:0:0:0:50,  FD99::0050,             true",
    "fd99:0:0:0:0:0:0:51,  fd99::50,               false",
    "kubernetes,           Kubernetes,             true",
    "kubernetes,           kubernetes.default,     false",
    "*.example.test,       api.example.test,       true",
    "*.example.test,       API.Example.Test,       true",
    "*.example.test,       a.b.example.test,       false",
    "*.example.test,       example.test,           false",
    "*.example.test,       .example.test,          false",
    "*.0.0.1,              10.0.0.1,               false",
    "a*.example.test,      api.example.test,       false",
    "*,                    kubernetes,             false"
  })
  void coversExactAddressesAndOneLabelByAWildcard(String has, String wanted, boolean covered) {
    assertThat(CertificateNames.missingNames(certificate(has), List.of(wanted)))
        .isEqualTo(covered ? List.of() : List.of(wanted));
  }

  @Test
  void missingNamesKeepTheirOrder() {
    assertThat(
            CertificateNames.missingNames(
                certificate("10.99.0.11", "kubernetes"),
                List.of("10.99.0.50", "kubernetes", "apiserver.cluster.local", "10.99.0.11")))
        .containsExactly("10.99.0.50", "apiserver.cluster.local");
  }

  @Test
  void certificateWithoutNamesCoversNothing() {
    assertThat(CertificateNames.missingNames(certificate(), List.of("10.99.0.50")))
        .containsExactly("10.99.0.50");
  }

  private static ServerCertificate certificate(String... names) {
    return new ServerCertificate(List.of(names), Instant.EPOCH);
  }
}
