package io.apiservervip.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agentapi.IpPrefix;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceFilterTest {
  private static SourceFilter filter(String... prefixes) {
    return new SourceFilter(
        Stream.of(prefixes).map(text -> Objects.requireNonNull(IpPrefix.parse(text))).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, 9.255.255.255, false",
    "10.99.0.128/25, 10.99.0.127, false",
    "10.99.0.128/25, 10.99.0.128, true",
    "10.99.0.50/32, 10.99.0.50, true",
    "10.99.0.50/32, 10.99.0.51, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, fd99::1, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe00::1, false",
    "fd99:0:0:8000::/49, fd99:0:0:7fff::1, false",
    "fd99:0:8000::/33, fd99:0:8001::1, true",
    "fd99::7/128, fd99::7, true",
    "::/0, fd99::7, true",
    "::/0, 10.0.0.7, false",
  })
  void clientIsServedWhereItsPrefixIsListed(String prefix, String client, boolean allowed) {
    byte[] address = InetAddress.ofLiteral(client).getAddress();
    assertThat(filter(prefix).allows(address)).isEqualTo(allowed);
    assertThat(filter("192.0.2.0/24", prefix).allows(address)).isEqualTo(allowed);
  }

  @Test
  void everyoneIsServedWithoutAList() {
    SourceFilter filter = new SourceFilter(List.of());
    assertThat(filter.allows(new byte[4])).isTrue();
    assertThat(filter.allows(new byte[16])).isTrue();
  }

  @Test
  void ipv4InIpv6FormIsJudgedAsIpv4() {
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 7};
    assertThat(filter("10.0.0.0/8").allows(mapped)).isTrue();
    assertThat(filter("10.0.0.0/8").allows(new byte[16])).isFalse();
    assertThat(filter("::/0").allows(mapped)).isFalse();
    mapped[3] = 1;
    assertThat(filter("10.0.0.0/8").allows(mapped)).isFalse();
  }
}
