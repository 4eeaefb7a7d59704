package io.apiservervip.agentapi;

import java.util.regex.Pattern;

/** Names that Linux accepts for an interface: 1..15 bytes, no slash, colon or white space. */
final class InterfaceName {
  private static final Pattern VALID = Pattern.compile("[^/:\\s]{1,15}");

  private InterfaceName() {}

  static boolean valid(String name) {
    return VALID.matcher(name).matches() && !name.equals(".") && !name.equals("..");
  }
}
