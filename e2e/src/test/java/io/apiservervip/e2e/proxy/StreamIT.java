package io.apiservervip.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.probe.TlsServer;
import io.apiservervip.e2e.probe.WatchStream;
import io.apiservervip.e2e.router.AgentProgram;
import io.apiservervip.e2e.router.Campaign;
import io.apiservervip.e2e.router.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Watches through the door: they live as long as they are silent, and never hang. */
class StreamIT {
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private static final Duration FIRST = Duration.ofSeconds(5);

  @Test
  void silentStreamLives() throws Exception {
    Duration silence = Duration.ofSeconds(Campaign.rounds(20, 600));
    DoorStage.on(
        stage -> {
          List<WatchStream> streams = open(stage, 3);
          Thread.sleep(silence);
          stage.backends().servers().forEach(TlsServer::event);
          for (WatchStream stream : streams) {
            assertThat(stream.next(AT_ONCE)).isPresent();
            assertThat(stream.end(Duration.ZERO)).isEmpty();
            stream.close();
          }
        });
  }

  /** What happens to the Active of the group. */
  private interface Blow {
    void hit(DoorStage stage, Router active) throws Exception;
  }

  @Test
  void stopOfTheActivesAgentEndsStreamsAtOnce() throws Exception {
    endsAtOnce((stage, active) -> assertThat(active.stop()).isZero(), false);
  }

  @Test
  void handOverEndsStreamsAtOnce() throws Exception {
    endsAtOnce(
        (stage, active) ->
            assertThat(AgentProgram.handOver(stage.lab(), active.member())).startsWith("ok"),
        false);
  }

  @Test
  void killedAgentEndsStreamsAtOnce() throws Exception {
    endsAtOnce((stage, active) -> active.kill(), false);
  }

  /** The old host can say nothing: a client hears it from the new one when it asks. */
  @Test
  void streamThroughACutHostEndsAtTheFirstPing() throws Exception {
    endsAtOnce((stage, active) -> stage.lab().lanSwitch().blackhole(active.host()), true);
  }

  @Test
  void streamThroughAFrozenAgentEndsAtTheFirstPing() throws Exception {
    endsAtOnce((stage, active) -> active.freeze(), true);
  }

  private static void endsAtOnce(Blow blow, boolean pinged) throws Exception {
    DoorStage.on(
        stage -> {
          List<WatchStream> streams = open(stage, 3);
          Router active = stage.group().calm();
          blow.hit(stage, active);
          if (pinged) {
            stage.group().successorOf(active, Duration.ofSeconds(5));
            Thread.sleep(500);
            streams.forEach(WatchStream::ping);
          }
          long begun = System.nanoTime();
          for (WatchStream stream : streams) {
            Optional<String> end = stream.end(AT_ONCE);
            long millis = (System.nanoTime() - begun) / 1_000_000;
            System.err.println("stream ended after " + millis + " ms: " + end);
            assertThat(end).as("after %d ms", millis).isPresent();
            stream.close();
          }
        });
  }

  private static List<WatchStream> open(DoorStage stage, int count) throws Exception {
    Host client = stage.lab().client();
    List<WatchStream> streams = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      WatchStream stream = WatchStream.open(client.namespace(), DoorStage.ADDRESS, DoorStage.PORT);
      assertThat(stream.next(FIRST)).isPresent();
      streams.add(stream);
    }
    return streams;
  }
}
