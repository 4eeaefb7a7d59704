package io.apiservervip.agent.vrrp;

/**
 * Virtual router identifier, 1..255, unique in one layer 2 segment and family (RFC 9568 §5.2.3).
 */
public record Vrid(int value) {
  public Vrid {
    if (value < 1 || value > 255) {
      throw new IllegalArgumentException("virtual router id " + value + " is not in 1..255");
    }
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
