package io.apiservervip.agent.kube;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The JDK's HTTP client with credentials: a pool of connections that are given up together. HTTP/2
 * where the server has it, so that questions, watches and writes to one server share a connection,
 * and what is true of one is true of all. Any thread.
 */
final class ApiHttp implements AutoCloseable {
  /** For a connect, and for an answer. */
  static final Duration TIMEOUT = Duration.ofSeconds(2);

  private static final long MAX_BODY_BYTES = 4 << 20;

  private final ApiCredentials credentials;
  private final String userAgent;
  private final HttpClient client;

  private ApiHttp(ApiCredentials credentials, String userAgent, HttpClient client) {
    this.credentials = credentials;
    this.userAgent = userAgent;
    this.client = client;
  }

  static ApiHttp open(ApiCredentials credentials, String userAgent) throws IOException {
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(TIMEOUT);
    if (credentials.scheme().equals("https")) {
      builder.sslContext(credentials.tls()).version(HttpClient.Version.HTTP_2);
    } else {
      builder.version(HttpClient.Version.HTTP_1_1);
    }
    return new ApiHttp(credentials, userAgent, builder.build());
  }

  /** The whole answer; the caller gives it up by cancelling. */
  CompletableFuture<ApiAnswer> send(ApiServer server, ApiRequest request) throws IOException {
    CompletableFuture<HttpResponse<String>> sent =
        client.sendAsync(
            built(server, request), BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BODY_BYTES));
    CompletableFuture<ApiAnswer> answer =
        sent.thenApply(response -> new ApiAnswer(response.statusCode(), response.body()));
    CompletableFuture<ApiAnswer> _ =
        answer.whenComplete(
            (_, failure) -> {
              if (failure != null) {
                sent.cancel(true);
              }
            });
    return answer;
  }

  /** An answer that goes on, as a watch does; nobody but the reader ends it. */
  CompletableFuture<HttpResponse<InputStream>> stream(ApiServer server, ApiRequest request)
      throws IOException {
    return client.sendAsync(built(server, request), BodyHandlers.ofInputStream());
  }

  HttpClient client() {
    return client;
  }

  ApiCredentials credentials() {
    return credentials;
  }

  private HttpRequest built(ApiServer server, ApiRequest request) throws IOException {
    String body = request.body();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(server.uri(credentials.scheme(), request.path()))
            .timeout(TIMEOUT)
            .header("Accept", "application/json")
            .header("User-Agent", userAgent)
            .method(
                request.method(),
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      builder.header("Content-Type", request.contentType());
    }
    String token = credentials.token();
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    return builder.build();
  }

  /** Ends every request at once, watches too. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
