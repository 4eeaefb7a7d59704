package io.apiservervip.e2e.router;

import java.time.Duration;
import java.util.List;

/**
 * What the members of one VRRP group have in common.
 *
 * @param version 2 or 3
 * @param interval between adverts; whole seconds in version 2
 * @param virtualRouterId 1..255
 * @param addresses the virtual addresses, of one family
 * @param password of version 2, empty for none
 * @param options what one scenario changes
 */
public record GroupConfig(
    int version,
    Duration interval,
    int virtualRouterId,
    List<String> addresses,
    String password,
    Options options) {

  public GroupConfig {
    addresses = List.copyOf(addresses);
  }

  /** How the group elects and sends. */
  public record Options(boolean preempt, Duration preemptDelay, boolean unicast) {
    public static final Options PLAIN = new Options(false, Duration.ZERO, false);
    public static final Options PREEMPT = new Options(true, Duration.ZERO, false);
    public static final Options UNICAST = new Options(false, Duration.ZERO, true);
    public static final Options UNICAST_PREEMPT = new Options(true, Duration.ZERO, true);
  }

  public static GroupConfig of(int version, Duration interval) {
    return new GroupConfig(version, interval, 51, List.of("10.99.0.50"), "", Options.PLAIN);
  }

  public GroupConfig with(Options changed) {
    return new GroupConfig(version, interval, virtualRouterId, addresses, password, changed);
  }

  public GroupConfig withPassword(String changed) {
    return new GroupConfig(version, interval, virtualRouterId, addresses, changed, options);
  }

  public GroupConfig withVirtualRouterId(int changed) {
    return new GroupConfig(version, interval, changed, addresses, password, options);
  }

  public GroupConfig withAddresses(List<String> changed) {
    return new GroupConfig(version, interval, virtualRouterId, changed, password, options);
  }

  public GroupConfig withInterval(Duration changed) {
    return new GroupConfig(version, changed, virtualRouterId, addresses, password, options);
  }

  /** The first address: the one that is watched and probed. */
  public String address() {
    return addresses.getFirst();
  }

  boolean ipv6() {
    return address().contains(":");
  }

  /** Active-down interval of a router with this priority, RFC 9568 section 6.1, RFC 3768 6.1. */
  public Duration activeDown(int priority) {
    Duration skewUnit = version == 2 ? Duration.ofSeconds(1) : interval;
    return interval.multipliedBy(3).plus(skewUnit.multipliedBy(256L - priority).dividedBy(256));
  }
}
