package io.apiservervip.agentapi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An IP prefix such as 10.0.0.0/8; the address may have bits beyond the prefix. */
public record IpPrefix(InetAddress address, int length) {
  private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

  public IpPrefix {
    Require.range("prefix", length, 0, 8L * address.getAddress().length);
  }

  /** The prefix; null if the text is not one. */
  public static @Nullable IpPrefix parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !LENGTH.matcher(text.substring(slash + 1)).matches()) {
      return null;
    }
    InetAddress address = IpLiteral.parse(text.substring(0, slash));
    int length = Integer.parseInt(text.substring(slash + 1));
    return address == null || length > 8 * address.getAddress().length
        ? null
        : new IpPrefix(address, length);
  }

  /** Whether the address is in this network; of another family it never is. */
  public boolean contains(InetAddress other) {
    return other.getAddress().length == address.getAddress().length
        && new IpPrefix(other, length).masked().equals(masked());
  }

  /** The network that the address is in. */
  IpPrefix masked() {
    byte[] bytes = address.getAddress();
    for (int i = 0; i < bytes.length; i++) {
      int kept = Math.clamp(length - 8L * i, 0, 8);
      bytes[i] &= (byte) (0xff << (8 - kept));
    }
    try {
      return new IpPrefix(InetAddress.getByAddress(bytes), length);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** Too small a subnet to have an address of its own: /31, /32, /127, /128. */
  boolean pointToPoint() {
    return length >= 8 * address.getAddress().length - 1;
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + length;
  }
}
