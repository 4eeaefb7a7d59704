package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;

/** Where the virtual router would stand on a host: the loop's own choice, for others. Pure. */
public sealed interface Placement {

  /**
   * An interface in working order.
   *
   * @param sources address to send from, by family
   * @param own every address of the interface but the virtual ones
   */
  record Found(NetworkInterfaceState link, Map<Family, InetAddress> sources, Set<InetAddress> own)
      implements Placement {}

  /**
   * Nothing to stand on.
   *
   * @param detail one line with what was seen and the remedy
   */
  record Missing(String detail) implements Placement {}

  /**
   * Chooses.
   *
   * @param held virtual addresses that an agent of this host has put on an interface
   */
  static Placement of(LinkSnapshot snapshot, RouterSettings settings, Set<InetAddress> held) {
    HostLinks links = new HostLinks();
    links.replace(snapshot);
    return switch (links.select(settings, held)) {
      case HostLinks.Selection.Found(
              NetworkInterfaceState link,
              Map<Family, InetAddress> sources,
              Set<InetAddress> own) ->
          new Found(link, sources, own);
      case HostLinks.Selection.Missing missing -> new Missing(missing.detail());
    };
  }
}
