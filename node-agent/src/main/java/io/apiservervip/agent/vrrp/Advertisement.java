package io.apiservervip.agent.vrrp;

import java.net.InetAddress;
import java.util.List;

/**
 * One VRRP ADVERTISEMENT, the only packet type there is (RFC 9568 §5.2, RFC 3768 §5.3).
 *
 * @param interval version 2: whole seconds; version 3: centiseconds
 * @param addresses virtual addresses of one family, at least one
 * @param authentication always {@link Authentication.None} in version 3
 */
public record Advertisement(
    Version version,
    Vrid vrid,
    Priority priority,
    AdvertisementInterval interval,
    List<InetAddress> addresses,
    Authentication authentication) {
  public Advertisement {
    addresses = List.copyOf(addresses);
  }
}
