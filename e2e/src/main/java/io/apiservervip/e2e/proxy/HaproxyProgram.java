package io.apiservervip.e2e.proxy;

import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Debian's haproxy in TCP mode. */
public final class HaproxyProgram implements ProxyProgram {
  @Override
  public String name() {
    return "haproxy";
  }

  @Override
  public LabProcess start(Lab lab, Host host, ProxyConfig config) throws IOException {
    Path file = lab.directory().resolve("haproxy-" + host + ".cfg");
    Files.writeString(file, text(config));
    List<String> command = List.of("haproxy", "-db", "-f", file.toString());
    return lab.start(host, "haproxy-" + host, command, Capability.ROOT);
  }

  /**
   * As the guides for highly available clusters have it, with checks as often as ours, retries on
   * another server, and without idle timeouts, which would cut watches.
   */
  static String text(ProxyConfig config) {
    StringBuilder text = new StringBuilder(1024);
    text.append(
        """
        global
          maxconn 9000
        defaults
          mode tcp
          timeout connect 2s
          timeout client 1d
          timeout server 1d
          timeout client-fin 1d
          timeout tunnel 1d
          timeout check 1s
          timeout queue %ds
          option redispatch 1
          option clitcpka
          option srvtcpka
          retries 3
        listen apiserver
          bind :::%d v4v6
          balance leastconn
        """
            .formatted(config.limits().queueSeconds(), config.port()));
    if (config.limits().firstByteSeconds() < 10) {
      text.append("  tcp-request inspect-delay ")
          .append(config.limits().firstByteSeconds())
          .append("s\n  tcp-request content accept if { req.len gt 0 }\n")
          .append("  tcp-request content reject\n");
    }
    if (config.limits().perSource() < 8000) {
      text.append("  stick-table type ip size 100k expire 60s store conn_cur\n")
          .append("  tcp-request connection track-sc0 src\n")
          .append("  tcp-request connection reject if { sc_conn_cur(0) gt ")
          .append(config.limits().perSource())
          .append(" }\n");
    }
    if (config.check() == ProxyConfig.Check.HTTPS) {
      text.append("  option httpchk GET /readyz\n");
    }
    String check =
        "check inter 1s fall 3 rise 2 on-marked-down shutdown-sessions"
            + (config.check() == ProxyConfig.Check.TCP ? "" : " check-ssl verify none")
            + (config.limits().perBackend() == 0 ? "" : " maxconn " + config.limits().perBackend());
    for (String backend : config.backends()) {
      text.append("  server s").append(config.backends().indexOf(backend) + 1).append(' ');
      text.append(backend).append(' ').append(check).append('\n');
    }
    return text.toString();
  }
}
