package io.apiservervip.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An informer of fabric8's client on the JDK's http client sees what is applied. */
@ExtendWith(OneCluster.class)
class WatchTest {
  private static final String PATH = "/api/v1/namespaces/default/configmaps/watched";

  private final TestCluster cluster;
  private final ApiCalls api;

  WatchTest(TestCluster cluster) throws IOException {
    this.cluster = cluster;
    this.api = cluster.calls();
  }

  @Test
  void appliesAreSeenAndEqualOnesAreNot() throws IOException, InterruptedException {
    api.delete(PATH);
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    try (KubernetesClient client =
            new KubernetesClientBuilder().withConfig(administrator()).build();
        SharedIndexInformer<ConfigMap> informer =
            client.configMaps().inNamespace("default").withName("watched").inform(new Seen(seen))) {
      assertThat(informer.hasSynced()).isTrue();
      api.apply(PATH, "one", configMap("1"));
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("added 1");
      api.apply(PATH, "one", configMap("1"));
      api.apply(PATH, "one", configMap("2"));
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("updated 2");
      api.delete(PATH);
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("deleted 2");
    }
  }

  private Config administrator() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("https://127.0.0.1:" + cluster.port())
        .withCaCertFile(cluster.authority().toString())
        .withOauthToken(cluster.adminToken())
        .build();
  }

  private static String configMap(String value) {
    return "{apiVersion: v1, kind: ConfigMap, metadata: {name: watched}, data: {a: \"%s\"}}"
        .formatted(value);
  }

  private record Seen(BlockingQueue<String> seen) implements ResourceEventHandler<ConfigMap> {
    @Override
    public void onAdd(ConfigMap object) {
      seen.add("added " + object.getData().get("a"));
    }

    @Override
    public void onUpdate(ConfigMap before, ConfigMap now) {
      seen.add("updated " + now.getData().get("a"));
    }

    @Override
    public void onDelete(ConfigMap object, boolean stateUnknown) {
      seen.add("deleted " + object.getData().get("a"));
    }
  }
}
