package io.apiservervip.agent.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The client library on an HTTP client that is there already. */
final class LibraryClient {
  private LibraryClient() {}

  static KubernetesClient of(ApiServer server, ApiHttp http) {
    int timeout = Math.toIntExact(ApiHttp.TIMEOUT.toMillis());
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(server.uri(http.credentials().scheme(), "/").toString())
            .withOauthTokenProvider(() -> token(http.credentials()))
            .withRequestTimeout(timeout)
            .withConnectionTimeout(timeout)
            .withRequestRetryBackoffLimit(0)
            .withOnlyHttpWatches(true)
            .build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new Factory(http))
        .build();
  }

  private static @Nullable String token(ApiCredentials credentials) {
    try {
      return credentials.token();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Factory extends JdkHttpClientFactory {
    private final ApiHttp http;

    private Factory(ApiHttp http) {
      this.http = http;
    }

    @Override
    protected java.net.http.HttpClient.Builder createNewHttpClientBuilder() {
      return new PresentClient(http.client());
    }
  }
}
