package io.apiservervip.agentapi;

import java.net.InetAddress;
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

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + length;
  }
}
