package io.apiservervip.e2e.lab;

import java.io.IOException;
import java.util.List;

/**
 * The switch between the hosts: a bridge in a namespace of its own, and the faults it can cause.
 */
public final class LabSwitch {
  private final Namespace namespace;

  LabSwitch(Namespace namespace) {
    this.namespace = namespace;
  }

  public Namespace namespace() {
    return namespace;
  }

  /** Pulls the cable: the host loses its carrier. */
  public void cut(Host host) throws IOException {
    link(host, "down");
  }

  /** Plugs the cable in again and lets all frames of the host pass. */
  public void heal(Host host) throws IOException {
    pass(host);
    link(host, "up");
  }

  /** Undoes every fault of the hosts. */
  public void healAll(List<Host> hosts) throws IOException {
    for (Host host : hosts) {
      heal(host);
    }
  }

  /** Drops every frame of the host in silence, both ways; the carrier stays. */
  public void blackhole(Host host) throws IOException {
    rules(host, "iifname " + host.port() + " drop", "oifname " + host.port() + " drop");
  }

  /** Drops what the host sends; it still hears the others. */
  public void mute(Host host) throws IOException {
    rules(host, "iifname " + host.port() + " drop");
  }

  /** Drops what the others send to the host; they still hear it. */
  public void deafen(Host host) throws IOException {
    rules(host, "oifname " + host.port() + " drop");
  }

  /** Drops frames of the host at random, each with the probability {@code percent} / 100. */
  public void lose(Host host, int percent) throws IOException {
    String chance = "numgen random mod 100 < " + percent + " drop";
    rules(host, "iifname " + host.port() + " " + chance, "oifname " + host.port() + " " + chance);
  }

  /** Ends blackhole, mute, deafen and loss of the host. */
  public void pass(Host host) throws IOException {
    Shell.attempt(
        List.of(
            "ip", "netns", "exec", namespace.name(), "nft", "delete table bridge " + table(host)),
        "");
  }

  private void rules(Host host, String... rules) throws IOException {
    pass(host);
    StringBuilder script = new StringBuilder(256);
    script.append("table bridge ").append(table(host)).append(" { chain f {\n");
    script.append("type filter hook forward priority 0;\n");
    for (String rule : rules) {
      script.append(rule).append('\n');
    }
    script.append("}\n}\n");
    Shell.run(
        List.of("ip", "netns", "exec", namespace.name(), "nft", "-f", "-"), script.toString());
  }

  private static String table(Host host) {
    return "fault_" + host.node().replace('-', '_');
  }

  private void link(Host host, String state) throws IOException {
    Shell.run(List.of("ip", "-n", namespace.name(), "link", "set", host.port(), state));
  }
}
