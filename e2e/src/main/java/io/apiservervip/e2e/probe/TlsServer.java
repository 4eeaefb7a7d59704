package io.apiservervip.e2e.probe;

import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The {@link TlsBackend} of one host, which can be frozen, killed and started again. */
public final class TlsServer {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Lab lab;
  private final Host host;
  private final int port;
  private final BackendLedger ledger;
  private final List<String> command;
  private Optional<LabProcess> process = Optional.empty();

  private TlsServer(Lab lab, Host host, int port, BackendLedger ledger, List<String> command) {
    this.lab = lab;
    this.host = host;
    this.port = port;
    this.ledger = ledger;
    this.command = command;
  }

  static TlsServer on(Lab lab, Host host, int port, TlsIdentity identity, boolean warm)
      throws IOException {
    Path file = lab.directory().resolve("backend-" + host + "-" + port + ".ledger");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            TlsBackend.class.getName(),
            host.node(),
            String.valueOf(port),
            identity.store().toString(),
            file.toString(),
            warm ? "warm" : "cold");
    return new TlsServer(lab, host, port, BackendLedger.in(file), command);
  }

  public Host host() {
    return host;
  }

  /** What it has done so far, also while it is frozen or dead. */
  public BackendLedger ledger() {
    return ledger;
  }

  /** Its address as a manifest and a haproxy.cfg write it. */
  public String address() {
    return host.ipv4() + ":" + port;
  }

  /** Starts it again if it does not run; {@link #awaitListening} says when it serves. */
  public void start() throws IOException {
    if (process.isEmpty() || !process.get().alive()) {
      ledger.set(BackendLedger.Entry.LISTENING, 0);
      process = Optional.of(lab.start(host, "backend-" + host, command, Capability.ROOT));
    }
  }

  public void awaitListening() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (ledger.get(BackendLedger.Entry.LISTENING) == 0) {
      LabProcess running = process.orElseThrow();
      if (!running.alive() || System.nanoTime() > deadline) {
        throw new IOException("backend of " + host + ": " + Files.readString(running.log()));
      }
      Thread.sleep(10);
    }
  }

  /** SIGSTOP: the kernel still accepts for it, and nobody answers. */
  public void freeze() throws IOException {
    process.orElseThrow().freeze();
  }

  public void resume() throws IOException {
    process.orElseThrow().resume();
  }

  /** SIGKILL: its connections are reset, new ones refused. */
  public void kill() throws IOException, InterruptedException {
    process.orElseThrow().kill();
  }

  /** What it answers to {@code /readyz} from now on. */
  public void answerReadyz(int status) {
    ledger.set(BackendLedger.Entry.READY_STATUS, status);
  }

  /** Sends one event to every open stream. */
  public void event() {
    ledger.add(BackendLedger.Entry.EVENT, 1);
  }
}
