package io.apiservervip.e2e.cluster;

import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;

/** A kube-apiserver on a host; it needs seconds until it answers. */
final class ProgramDoor implements ApiDoor {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int PAUSE_MILLIS = 50;
  private static final int PATIENCE_MILLIS = 1000;

  private final Lab lab;
  private final Host host;
  private final List<String> command;
  private final Path authority;
  private LabProcess process;

  private ProgramDoor(
      Lab lab, Host host, List<String> command, Path authority, LabProcess process) {
    this.lab = lab;
    this.host = host;
    this.command = List.copyOf(command);
    this.authority = authority;
    this.process = process;
  }

  /** Starts it; does not wait. */
  static ProgramDoor open(Lab lab, Host host, List<String> command, Path authority)
      throws IOException {
    return new ProgramDoor(lab, host, command, authority, start(lab, host, command));
  }

  @Override
  public void reopen() throws IOException, InterruptedException {
    process = start(lab, host, command);
    SSLSocketFactory sockets = ApiCalls.trusting(authority).getSocketFactory();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!ready(sockets)) {
      if (System.nanoTime() > end) {
        throw new IOException("the API server of " + host + " is not ready after " + PATIENCE);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private boolean ready(SSLSocketFactory sockets) throws InterruptedException {
    try (Socket plain = host.namespace().call(this::connected);
        Socket tls = sockets.createSocket(plain, host.ipv4(), PORT, true)) {
      tls.setSoTimeout(PATIENCE_MILLIS);
      String request = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      tls.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(tls.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return answer.startsWith("HTTP/1.1 200");
    } catch (IOException e) {
      return false;
    }
  }

  private Socket connected() throws IOException {
    Socket socket = new Socket();
    socket.connect(
        new InetSocketAddress(InetAddress.ofLiteral(host.ipv4()), PORT), PATIENCE_MILLIS);
    return socket;
  }

  private static LabProcess start(Lab lab, Host host, List<String> command) throws IOException {
    return lab.start(host, "kube-apiserver-" + host, command, Capability.ROOT);
  }

  @Override
  public void kill() throws IOException {
    try {
      process.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
