package io.apiservervip.agent.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One API server in use, until the connection leaves it: then every request and watch ends with an
 * error. Any thread.
 */
public final class ApiSession {
  private static final ApiRequest READYZ = ApiRequest.get("/readyz");

  private final ApiServer server;
  private final ApiHttp http;
  private @Nullable KubernetesClient client;
  private volatile boolean closed;

  ApiSession(ApiServer server, ApiHttp http) {
    this.server = server;
    this.http = http;
  }

  /** The server that it goes to. */
  public ApiServer server() {
    return server;
  }

  /** Whether the connection left it. */
  public boolean closed() {
    return closed;
  }

  /** Asks and waits for the answer, 2 s at most. */
  public ApiAnswer ask(ApiRequest request) throws IOException, InterruptedException {
    return await(http.send(server, request));
  }

  /** Asks for an answer that goes on, and waits 2 s at most for its begin. */
  HttpResponse<InputStream> stream(ApiRequest request) throws IOException, InterruptedException {
    return await(http.stream(server, request));
  }

  /**
   * The client library on the same connection, with watches over plain HTTP. Made when it is first
   * asked for: it costs 13 MB of memory and a second of start, and the agent needs none of it.
   */
  public synchronized KubernetesClient client() {
    KubernetesClient known = client;
    if (known == null) {
      known = LibraryClient.of(server, http);
      client = known;
    }
    return known;
  }

  /** How the server is. */
  Trial readyz() throws InterruptedException {
    try {
      return Trial.status(ask(READYZ).status());
    } catch (IOException e) {
      return Trial.silent(ApiFailure.text(e));
    }
  }

  private static <T> T await(CompletableFuture<T> answer) throws IOException, InterruptedException {
    try {
      return answer.get(ApiHttp.TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException(ApiFailure.text(e), e);
    } catch (TimeoutException e) {
      throw new IOException(ApiFailure.text(e), e);
    } finally {
      answer.cancel(true);
    }
  }

  void close() {
    closed = true;
    http.close();
    synchronized (this) {
      if (client != null) {
        client.close();
      }
    }
  }
}
