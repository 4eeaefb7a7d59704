package io.apiservervip.agent.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Whether an interface forwards IPv6 (net.ipv6.conf.*.forwarding): it then calls itself a router in
 * neighbour advertisements (RFC 4861 §4.4). Read at most once in 5 s. Loop thread.
 */
final class ForwardingSetting {
  private static final long AGE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Path file;
  private boolean enabled;
  private long readAtNanos;

  private ForwardingSetting(Path file) {
    this.file = file;
  }

  static ForwardingSetting of(String interfaceName) {
    ForwardingSetting setting =
        new ForwardingSetting(
            Path.of("/proc/sys/net/ipv6/conf").resolve(interfaceName).resolve("forwarding"));
    setting.read(System.nanoTime());
    return setting;
  }

  boolean enabled() {
    long nowNanos = System.nanoTime();
    if (nowNanos - readAtNanos > AGE_NANOS) {
      read(nowNanos);
    }
    return enabled;
  }

  private void read(long nowNanos) {
    readAtNanos = nowNanos;
    try {
      enabled = !Files.readString(file).strip().equals("0");
    } catch (IOException e) {
      enabled = false;
    }
  }
}
