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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Watches through the door: they live as long as they are silent, and never hang. */
class StreamIT {
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private static final Duration FIRST = Duration.ofSeconds(5);

  @Test
  @Tag("long")
  void silentStreamLives() throws Exception {
    Duration silence = Duration.ofSeconds(Campaign.rounds(5, 600));
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

  /** What happens to the Active of the group, and how it is undone. */
  private interface Blow {
    void deal(DoorStage stage, Router active) throws Exception;
  }

  /** Where the old host can say nothing, a client hears it from the new one when it asks. */
  @Test
  void streamsEndAtOnceOrAtTheFirstPingWhenTheirDoorMoves() throws Exception {
    DoorStage.on(
        stage -> {
          endsAtOnce(stage, "stop", (_, active) -> assertThat(active.stop()).isZero());
          endsAtOnce(stage, "hand-over", StreamIT::handOver);
          endsAtOnce(stage, "kill", (_, active) -> active.kill());
          endsAtPing(
              stage,
              "cut",
              (here, active) -> here.lab().lanSwitch().blackhole(active.host()),
              (here, active) -> here.lab().lanSwitch().heal(active.host()));
          endsAtPing(
              stage, "freeze", (_, active) -> active.freeze(), (_, active) -> active.resume());
        });
  }

  private static void handOver(DoorStage stage, Router active) throws Exception {
    assertThat(AgentProgram.handOver(stage.lab(), active.member())).startsWith("ok");
  }

  private static void endsAtOnce(DoorStage stage, String what, Blow blow) throws Exception {
    Router active = stage.group().calm();
    List<WatchStream> streams = open(stage, 3);
    blow.deal(stage, active);
    ended(what, streams);
  }

  private static void endsAtPing(DoorStage stage, String what, Blow blow, Blow undo)
      throws Exception {
    Router active = stage.group().calm();
    List<WatchStream> streams = open(stage, 3);
    blow.deal(stage, active);
    stage.group().successorOf(active, Duration.ofSeconds(5));
    Thread.sleep(500);
    streams.forEach(WatchStream::ping);
    ended(what, streams);
    undo.deal(stage, active);
  }

  private static void ended(String what, List<WatchStream> streams) throws Exception {
    long begun = System.nanoTime();
    for (WatchStream stream : streams) {
      Optional<String> end = stream.end(AT_ONCE);
      long millis = (System.nanoTime() - begun) / 1_000_000;
      System.err.println("stream, " + what + ": ended after " + millis + " ms: " + end);
      assertThat(end).as("%s, after %d ms", what, millis).isPresent();
      stream.close();
    }
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
