package io.apiservervip.agentapi;

import io.apiservervip.api.v1alpha1.ApiServerVipSpec;
import io.apiservervip.api.v1alpha1.Password;
import io.apiservervip.api.v1alpha1.VrrpSpec;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Works out the virtual router of a resource that has addresses. */
public final class VrrpResolution {
  private VrrpResolution() {}

  /** The virtual router; {@code password} is null without authentication. */
  public static VrrpConfig resolve(ApiServerVipSpec spec, @Nullable Password password) {
    VrrpSpec vrrp = spec.vrrp();
    List<VirtualAddressConfig> addresses =
        spec.addresses().stream().map(VirtualAddressText::config).toList();
    Duration interval =
        Objects.requireNonNullElseGet(
            vrrp.advertisementInterval(), () -> AdvertisementIntervals.ofDefault(vrrp.version()));
    VrrpGroupConfig group =
        new VrrpGroupConfig(
            vrrp.version(),
            Objects.requireNonNullElseGet(
                vrrp.virtualRouterId(), () -> defaultId(addresses.getFirst().address())),
            interval,
            vrrp.transport(),
            vrrp.acceptFrom(),
            password);
    return new VrrpConfig(
        group,
        addresses,
        spec.interfaceName(),
        Objects.requireNonNullElseGet(vrrp.addressLifetime(), () -> defaultLifetime(interval)),
        new TakeOverConfig(vrrp.preempt(), vrrp.preemptDelay(), vrrp.startupDelay()),
        new GratuitousArpConfig(vrrp.gratuitousArp().count(), vrrp.gratuitousArp().refresh()));
  }

  /** The last byte of the first address; 1 where that is 0, which is no virtual router id. */
  static int defaultId(InetAddress first) {
    byte[] bytes = first.getAddress();
    return Math.max(1, Byte.toUnsignedInt(bytes[bytes.length - 1]));
  }

  /** Three intervals in whole seconds, at least one second: the unit of the kernel's lifetimes. */
  static Duration defaultLifetime(Duration interval) {
    return Duration.ofSeconds(Math.max(1, interval.multipliedBy(3).toSeconds()));
  }
}
