package io.apiservervip.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiservervip.e2e.lab.Host;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Servers that refuse, come back and go again, behind one proxy. */
class BackendsComeAndGoIT {
  private static final Duration SOON = Duration.ofSeconds(2);

  @Test
  void serverThatFlapsCostsNoClientItsConnection() throws Exception {
    RelayStage.on(
        stage -> {
          Host flapping = stage.lab().host("cp-2");
          for (int flap = 0; flap < 10; flap++) {
            stage.rendezvous().shut(flapping);
            exchanges(stage, 25);
            stage.rendezvous().listen(flapping);
            exchanges(stage, 25);
          }
        });
  }

  @Test
  void firstServerThatComesBackIsUsedAtOnceWhenAllWereDown() throws Exception {
    RelayStage.on(
        stage -> {
          exchanges(stage, 4);
          for (String node : new String[] {"cp-2", "cp-3"}) {
            stage.rendezvous().shut(stage.lab().host(node));
          }
          Thread.sleep(4000);
          for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> exchange(stage)).isInstanceOf(IOException.class);
          }
          stage.rendezvous().listen(stage.lab().host("cp-3"));
          exchange(stage);
          exchanges(stage, 10);
        });
  }

  private static void exchanges(RelayStage stage, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      exchange(stage);
    }
  }

  private static void exchange(RelayStage stage) throws Exception {
    Rendezvous.Half half = stage.rendezvous().half();
    try (Socket client = half.client()) {
      client.setSoTimeout((int) SOON.toMillis());
      try (Socket server = stage.rendezvous().await(half, SOON)) {
        server.getOutputStream().write(7);
        assertThat(client.getInputStream().read()).isEqualTo(7);
      }
    }
  }
}
