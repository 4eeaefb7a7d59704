package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Requests to an API server with exactly these headers and bodies, as one user. */
public final class ApiCalls {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int PAUSE_MILLIS = 20;

  private final HttpClient http;
  private final int port;
  private final Map<String, String> headers;

  private ApiCalls(HttpClient http, int port, Map<String, String> headers) {
    this.http = http;
    this.port = port;
    this.headers = Map.copyOf(headers);
  }

  static ApiCalls to(TestCluster cluster) throws IOException {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(trusting(cluster.authority()))
            .build();
    return new ApiCalls(
        http, cluster.port(), Map.of("Authorization", "Bearer " + cluster.adminToken()));
  }

  /** What a server answered; an empty object where that is no JSON. */
  public record Answer(int code, JsonNode body) {
    public String message() {
      return body.path("message").asText();
    }
  }

  /** The same requests in the name of a user whose token names this node. */
  public ApiCalls asAgent(String user, String node) {
    return with("Impersonate-User", user)
        .with("Impersonate-Extra-authentication.kubernetes.io%2fnode-name", node);
  }

  /** The same requests in the name of another user. */
  public ApiCalls as(String user, String group) {
    return with("Impersonate-User", user).with("Impersonate-Group", group);
  }

  /** The same requests with this token. */
  public ApiCalls withToken(String token) {
    return with("Authorization", "Bearer " + token);
  }

  private ApiCalls with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new ApiCalls(http, port, more);
  }

  public Answer get(String path) throws IOException, InterruptedException {
    return send("GET", path, "application/json", "");
  }

  /** Waits until the object is as wished, and returns it; an {@link AssertionError} otherwise. */
  JsonNode await(String path, String wanted, Predicate<JsonNode> is, Duration patience)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    JsonNode last = get(path).body();
    while (!is.test(last)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "%s: not %s in %s: %s".formatted(path, wanted, patience, last.toPrettyString()));
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      last = get(path).body();
    }
    return last;
  }

  /** The answer as kubectl get wants it. */
  public Answer table(String path) throws IOException, InterruptedException {
    return with("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io").get(path);
  }

  public Answer delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, "application/json", "");
  }

  public Answer post(String path, String yaml) throws IOException, InterruptedException {
    return send("POST", path, "application/json", Json.tree(yaml).toString());
  }

  public Answer put(String path, String yaml) throws IOException, InterruptedException {
    return send("PUT", path, "application/json", Json.tree(yaml).toString());
  }

  public Answer merge(String path, String yaml) throws IOException, InterruptedException {
    return send("PATCH", path, "application/merge-patch+json", Json.tree(yaml).toString());
  }

  public Answer jsonPatch(String path, String yaml) throws IOException, InterruptedException {
    return send("PATCH", path, "application/json-patch+json", Json.tree(yaml).toString());
  }

  /** Server-side apply; conflicts are refused. */
  public Answer apply(String path, String manager, String yaml)
      throws IOException, InterruptedException {
    return send("PATCH", path + "?fieldManager=" + manager, "application/apply-patch+yaml", yaml);
  }

  /** Server-side apply that takes over what others own. */
  public Answer force(String path, String manager, String yaml)
      throws IOException, InterruptedException {
    return apply(path, manager + "&force=true", yaml);
  }

  public Answer send(String method, String path, String contentType, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
            .timeout(PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", contentType)
            .header("User-Agent", "calls/1.0");
    headers.forEach(request::header);
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), json(response.body()));
  }

  private static JsonNode json(String text) {
    return text.startsWith("{") ? Json.tree(text) : JsonNodeFactory.instance.objectNode();
  }

  /** Trusts the certificates of the file alone. */
  static SSLContext trusting(Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int n = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("ca" + n++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
