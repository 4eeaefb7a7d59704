package io.apiservervip.agentapi;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IP address in text, as Kubernetes reads it: IPv4 in four decimals without leading zeros, IPv6
 * without zone, no IPv4-mapped IPv6. The name service is never asked.
 */
public final class IpLiteral {
  private static final Pattern V4 =
      Pattern.compile(
          "(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  private IpLiteral() {}

  /** The address; null if the text is not one. */
  public static @Nullable InetAddress parse(String text) {
    if (V4.matcher(text).matches()) {
      return parseV4(text);
    }
    if (!V6.matcher(text).matches() || text.indexOf(':') < 0) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text) instanceof Inet6Address v6 ? v6 : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** A host can hold it: not unspecified, loopback, multicast or limited broadcast. */
  public static boolean unicast(InetAddress address) {
    return !address.isAnyLocalAddress()
        && !address.isLoopbackAddress()
        && !address.isMulticastAddress()
        && !(address instanceof Inet4Address && address.getHostAddress().equals("255.255.255.255"));
  }

  private static @Nullable InetAddress parseV4(String text) {
    byte[] bytes = new byte[4];
    String[] parts = text.split("\\.", -1);
    for (int i = 0; i < 4; i++) {
      int value = Integer.parseInt(parts[i]);
      if (value > 255) {
        return null;
      }
      bytes[i] = (byte) value;
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
