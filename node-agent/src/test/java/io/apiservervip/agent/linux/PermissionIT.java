package io.apiservervip.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.apiservervip.agent.router.NetworkInterfaceState;
import io.apiservervip.agent.router.OperatingException;
import io.apiservervip.agent.router.VirtualAddress;
import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thread without capabilities; needs root, to give them up. */
@Tag("netns")
class PermissionIT {
  private static final Set<Family> IPV4 = EnumSet.of(Family.IPV4);

  @Test
  void missingCapabilitiesAreNamed() throws Exception {
    try (Namespaces namespaces = new Namespaces("ly")) {
      Namespaces.inside(
          namespaces.a(),
          () -> {
            Namespaces.giveUpCapabilities();
            withoutCapabilities();
            return true;
          });
    }
  }

  private static void withoutCapabilities() throws OperatingException {
    try (LinuxHostNetwork network = LinuxHostNetwork.open()) {
      NetworkInterfaceState link =
          network.links().snapshot().interfaces().stream()
              .filter(state -> state.name().equals("ly0"))
              .findFirst()
              .orElseThrow();
      assertRefused(
          () -> network.openChannel(link, IPV4, true, Set.of()),
          "socket(AF_INET, SOCK_RAW, 112) on ly0: Operation not permitted (errno 1);"
              + " the agent needs CAP_NET_RAW");
      assertRefused(
          () -> network.openAnnouncer(link, IPV4),
          "socket(AF_PACKET, SOCK_RAW) on ly0: Operation not permitted (errno 1);"
              + " the agent needs CAP_NET_RAW");
      VirtualAddress address = new VirtualAddress(InetAddress.ofLiteral("10.99.0.50"), 32);
      String object = " 10.99.0.50/32 on interface " + link.index();
      assertRefused(
          () -> network.addresses().put(link.index(), address, 1),
          "RTM_NEWADDR"
              + object
              + ": Operation not permitted (errno 1); the agent needs CAP_NET_ADMIN");
      assertRefused(
          () -> network.addresses().remove(link.index(), address),
          "RTM_DELADDR"
              + object
              + ": Operation not permitted (errno 1); the agent needs CAP_NET_ADMIN");
    }
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatExceptionOfType(OperatingException.class)
        .isThrownBy(call)
        .withMessage(message)
        .satisfies(e -> assertThat(e.errno()).isEqualTo(1));
  }
}
