package io.apiservervip.e2e.proxybench;

import io.apiservervip.e2e.lab.Host;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Text of haproxy's configuration: as good a one as its manual knows for API servers. */
final class HaproxyConfig {
  private HaproxyConfig() {}

  /**
   * Threads as haproxy chooses them, one a core. Pipes are bounded because it counts two files for
   * each beside those of its connections.
   */
  static String text(String relay, List<Host> backends) throws IOException {
    return """
        global
          maxconn %d
          maxpipes 64
        defaults
          mode tcp
          balance leastconn
          %s
          option tcp-smart-accept
          option tcp-smart-connect
          option clitcpka
          option srvtcpka
          option redispatch 1
          retries 3
          timeout connect 1s
          timeout client 1h
          timeout server 1h
          timeout check 1s
          default-server check inter 1s fastinter 250ms downinter 500ms fall 3 rise 2 observe layer4 on-marked-down shutdown-sessions
        listen load
          bind :%d
        %s
        listen apiserver
          bind :%d
          option httpchk GET /readyz
          http-check expect status 200
          default-server check-ssl verify none
        %s
        """
        .formatted(
            OpenFiles.connections() - 100,
            relay,
            Stand.PROXY_PORT,
            servers(backends, host -> host.ipv4() + ":" + Stand.BACKEND_PORT),
            Stand.TLS_PROXY_PORT,
            servers(backends, host -> host.ipv4() + ":" + Stand.TLS_PORT));
  }

  private static String servers(List<Host> backends, Function<Host, String> address) {
    return backends.stream()
        .map(host -> "  server " + host.node() + " " + address.apply(host))
        .collect(Collectors.joining("\n"));
  }
}
