package io.apiservervip.agent.kube;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A builder that always yields the one HTTP client that is there already, whatever it is told: so
 * the client library shares the connection that is asked for {@code /readyz}.
 */
final class PresentClient implements HttpClient.Builder {
  private final HttpClient client;

  PresentClient(HttpClient client) {
    this.client = client;
  }

  @Override
  public HttpClient build() {
    return client;
  }

  @Override
  public HttpClient.Builder cookieHandler(CookieHandler ignored) {
    return this;
  }

  @Override
  public HttpClient.Builder connectTimeout(Duration ignored) {
    return this;
  }

  @Override
  public HttpClient.Builder sslContext(SSLContext ignored) {
    return this;
  }

  @Override
  public HttpClient.Builder sslParameters(SSLParameters ignored) {
    return this;
  }

  @Override
  public HttpClient.Builder executor(Executor ignored) {
    return this;
  }

  @Override
  public HttpClient.Builder followRedirects(Redirect ignored) {
    return this;
  }

  @Override
  public HttpClient.Builder version(Version ignored) {
    return this;
  }

  @Override
  public HttpClient.Builder priority(int ignored) {
    return this;
  }

  @Override
  public HttpClient.Builder proxy(ProxySelector ignored) {
    return this;
  }

  @Override
  public HttpClient.Builder authenticator(Authenticator ignored) {
    return this;
  }
}
