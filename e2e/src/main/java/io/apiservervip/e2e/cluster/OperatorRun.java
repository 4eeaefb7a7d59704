package io.apiservervip.e2e.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One operator of this build as a process on the loopback, asked for its readiness and memory. */
final class OperatorRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int PAUSE_MILLIS = 10;

  private final ServerProcess process;
  private final int port;
  private final long begunNanos;

  private OperatorRun(ServerProcess process, int port, long begunNanos) {
    this.process = process;
    this.port = port;
    this.begunNanos = begunNanos;
  }

  static OperatorRun start(Path program, Path kubeconfig, Path directory) throws IOException {
    int port = ServerProcess.freePort();
    long begun = System.nanoTime();
    ServerProcess process =
        ServerProcess.start(
            List.of(
                "env",
                "KUBECONFIG=" + kubeconfig,
                program.toAbsolutePath().toString(),
                "run",
                "--http-port=" + port),
            directory,
            "operator");
    return new OperatorRun(process, port, begun);
  }

  /** From exec until it leads and its informers have listed. */
  Duration ready() throws IOException, InterruptedException {
    HttpRequest ask =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(Duration.ofSeconds(1))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (System.nanoTime() - begunNanos < PATIENCE.toNanos()) {
        if (works(http, ask)) {
          return Duration.ofNanos(System.nanoTime() - begunNanos);
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
    throw new IOException("the operator does not lead after " + PATIENCE + ": " + process.said());
  }

  private boolean works(HttpClient http, HttpRequest metrics) throws InterruptedException {
    try {
      HttpRequest ready =
          HttpRequest.newBuilder(metrics.uri().resolve("/readyz"))
              .timeout(Duration.ofSeconds(1))
              .build();
      return http.send(metrics, BodyHandlers.ofString())
              .body()
              .contains("apiservervip_operator_leading 1.0")
          && http.send(ready, BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Resident memory now, MB of 2^20 bytes. */
  long residentMegabytes() throws IOException {
    return Memory.residentMegabytes(process.pid());
  }

  @Override
  public void close() {
    process.close();
  }
}
