package io.apiservervip.e2e.proxy;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import io.apiservervip.e2e.router.Campaign;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;

/**
 * The proxy under test: this repository's agent, or with {@code -Dproxy=haproxy} Debian's haproxy,
 * which proves a test rather than the product.
 */
final class Proxies {
  static final int PORT = 16443;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Proxies() {}

  static ProxyProgram program() {
    return System.getProperty("proxy", "agent").equals("haproxy")
        ? new HaproxyProgram()
        : new AgentProxy(Campaign.agent().binary());
  }

  /** Starts it on the host and returns when it accepts a connection. */
  static LabProcess start(Lab lab, Host host, ProxyConfig config)
      throws IOException, InterruptedException {
    LabProcess process = program().start(lab, host, config);
    awaitOpen(lab, host.ipv4(), config.port(), process);
    return process;
  }

  static void awaitOpen(Lab lab, String address, int port, LabProcess process)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!opens(lab, address, port)) {
      if (!process.alive() || System.nanoTime() > deadline) {
        throw new IOException("nobody listens on " + port + ": " + Files.readString(process.log()));
      }
      Thread.sleep(50);
    }
  }

  private static boolean opens(Lab lab, String address, int port) throws InterruptedException {
    try (Socket socket = connect(lab.client(), address, port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** A connection from inside the host's namespace; reads give up after 10 s. */
  static Socket connect(Host from, String address, int port)
      throws IOException, InterruptedException {
    return from.namespace()
        .call(
            () -> {
              Socket socket = new Socket();
              socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port), 2000);
              socket.setTcpNoDelay(true);
              socket.setSoTimeout(10_000);
              return socket;
            });
  }
}
