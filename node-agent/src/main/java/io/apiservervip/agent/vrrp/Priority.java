package io.apiservervip.agent.vrrp;

/** Priority on the wire: 0 gives the address away, 255 owns it (RFC 9568 §5.2.4). */
public record Priority(int value) implements Comparable<Priority> {
  /** "I stop": whoever backs this router up takes over after its skew time. */
  public static final Priority RESIGN = new Priority(0);

  /** The router whose own interface address is the virtual one. */
  public static final Priority OWNER = new Priority(255);

  public Priority {
    if (value < 0 || value > 255) {
      throw new IllegalArgumentException("priority " + value + " is not in 0..255");
    }
  }

  /** This priority plus a health weight (0 or less), kept in 1..254; an owner is never lowered. */
  public Priority weighted(int weight) {
    return equals(OWNER) ? this : new Priority(Math.clamp((long) value + weight, 1, 254));
  }

  @Override
  public int compareTo(Priority other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
