package io.apiservervip.agent.observe;

import java.util.Map;

/**
 * Limits of the JDK's HTTP server, which it reads once, when its first server is made (module
 * jdk.httpserver, package documentation): seconds, bytes and connections.
 */
final class HttpLimits {
  private static final Map<String, String> LIMITS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "5",
          "sun.net.httpserver.maxRspTime", "5",
          "sun.net.httpserver.idleInterval", "15",
          "sun.net.httpserver.maxIdleConnections", "16",
          "sun.net.httpserver.maxReqHeaders", "50",
          "sun.net.httpserver.maxReqHeaderSize", "8192",
          "sun.net.httpserver.drainAmount", "0",
          "sun.net.httpserver.nodelay", "true",
          "jdk.httpserver.maxConnections", "64");

  private HttpLimits() {}

  static void apply() {
    LIMITS.forEach(
        (key, value) -> {
          if (System.getProperty(key) == null) {
            System.setProperty(key, value);
          }
        });
  }
}
