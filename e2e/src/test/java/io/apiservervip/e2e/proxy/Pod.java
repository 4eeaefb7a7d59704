package io.apiservervip.e2e.proxy;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Namespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A namespace behind a veth pair whose end on the host has no address, as Calico and others lay out
 * a pod: it reaches everything through one gateway that is a link-layer address alone.
 */
record Pod(Namespace namespace) implements AutoCloseable {
  private static final String SCRIPT =
      """
      set -e
      ip netns add POD
      ip -n HOST link add veth1 type veth peer name eth0 netns POD
      ip -n HOST link set veth1 addrgenmode none up
      ip netns exec HOST sysctl -qw net.ipv4.ip_forward=1
      mac=$(ip netns exec HOST cat /sys/class/net/veth1/address)
      ip -n HOST route add 10.244.1.7/32 dev veth1
      ip -n HOST -6 route add fd44::7/128 dev veth1
      ip -n POD link set lo up
      ip -n POD link set eth0 up
      ip -n POD address add 10.244.1.7/32 dev eth0
      ip -n POD -6 address add fd44::7/128 dev eth0 nodad
      ip -n POD route add 169.254.1.1 dev eth0
      ip -n POD route add default via 169.254.1.1 dev eth0
      ip -n POD neigh replace 169.254.1.1 lladdr $mac dev eth0 nud permanent
      ip -n POD -6 route add fe80::1 dev eth0
      ip -n POD -6 route add default via fe80::1 dev eth0
      ip -n POD neigh replace fe80::1 lladdr $mac dev eth0 nud permanent
      mac=$(ip netns exec POD cat /sys/class/net/eth0/address)
      ip -n HOST neigh replace 10.244.1.7 lladdr $mac dev veth1 nud permanent
      ip -n HOST neigh replace fd44::7 lladdr $mac dev veth1 nud permanent
      """;

  /** Its namespace bears a number that no host has, so that a lab sweeps it up in any case. */
  static Pod on(Host host) throws IOException, InterruptedException {
    String hostName = host.namespace().name();
    String name = hostName.replaceFirst("\\d+$", "99");
    run(SCRIPT.replace("POD", name).replace("HOST", hostName));
    return new Pod(new Namespace(name));
  }

  private static void run(String script) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (shell.waitFor() != 0) {
      throw new IOException(output);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      run("ip netns del " + namespace.name());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
