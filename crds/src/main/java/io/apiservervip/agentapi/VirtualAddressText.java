package io.apiservervip.agentapi;

import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A virtual address in text: {@code 10.99.0.50} or {@code 10.99.0.50/24}. */
final class VirtualAddressText {
  private VirtualAddressText() {}

  /** The address without its prefix; null if the text is neither form. */
  static @Nullable InetAddress ip(String text) {
    IpPrefix prefix = IpPrefix.parse(text);
    return prefix == null ? IpLiteral.parse(text) : prefix.address();
  }

  /** The address with its prefix, 32 or 128 without one; the text is known to be good. */
  static VirtualAddressConfig config(String text) {
    IpPrefix prefix = IpPrefix.parse(text);
    if (prefix != null) {
      return new VirtualAddressConfig(prefix.address(), prefix.length());
    }
    InetAddress address = Objects.requireNonNull(IpLiteral.parse(text), text);
    return new VirtualAddressConfig(address, 8 * address.getAddress().length);
  }
}
