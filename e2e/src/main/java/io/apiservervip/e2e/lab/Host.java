package io.apiservervip.e2e.lab;

/**
 * A host of the lab: its namespace, its name as a Kubernetes node, its addresses on {@code eth0},
 * and the switch port that it is plugged into.
 */
public record Host(Namespace namespace, String node, String ipv4, String ipv6, String port) {
  static Host numbered(String prefix, int number) {
    String name = prefix + "-n" + number;
    return new Host(
        new Namespace(name),
        "cp-" + number,
        "10.99.0." + (10 + number),
        "fd99::" + (10 + number),
        "p-" + name);
  }

  static Host client(String prefix) {
    String name = prefix + "-cl";
    return new Host(new Namespace(name), "client", "10.99.0.100", "fd99::100", "p-" + name);
  }

  @Override
  public String toString() {
    return node;
  }
}
