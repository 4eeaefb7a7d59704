package io.apiservervip.agent.vrrp;

/** Protocol version on the wire: 2 (RFC 3768, IPv4 only) or 3 (RFC 9568). */
public enum Version {
  V2(2),
  V3(3);

  private final int number;

  Version(int number) {
    this.number = number;
  }

  /** The version nibble: 2 or 3. */
  public int number() {
    return number;
  }
}
