package io.apiservervip.e2e.proxybench;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.probe.TlsBackends;
import io.apiservervip.e2e.probe.TlsProbe;
import io.apiservervip.e2e.probe.TlsServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Rounds in which one of three API servers is lost while a client opens 100 TLS connections a
 * second through the proxy. Each program is started afresh in each round; a window begins with the
 * loss.
 */
final class LossCampaign {
  private static final Duration CALM = Duration.ofSeconds(3);

  /** Longer than it takes to come back: checks, and the agent's slow start. */
  private static final Duration RECOVERY = Duration.ofSeconds(8);

  private final List<Balancer> programs;
  private final int rounds;
  private final Duration window;
  private final Journal journal;
  private final List<LossSample> samples = new ArrayList<>();

  LossCampaign(List<Balancer> programs, int rounds, Duration window, Journal journal) {
    this.programs = List.copyOf(programs);
    this.rounds = rounds;
    this.window = window;
    this.journal = journal;
  }

  List<LossSample> samples() {
    return List.copyOf(samples);
  }

  void run(Stand stand) throws IOException, InterruptedException {
    if (rounds == 0) {
      return;
    }
    TlsBackends backends = TlsBackends.start(stand.lab(), Stand.TLS_PORT);
    for (int round = 1; round <= rounds; round++) {
      Host lost = stand.backends().get(round % stand.backends().size());
      for (Balancer program : round % 2 == 1 ? programs : programs.reversed()) {
        turn(stand, round, program, backends.on(lost));
      }
    }
  }

  private void turn(Stand stand, int round, Balancer program, TlsServer lost)
      throws IOException, InterruptedException {
    Turn turn = new Turn(stand, program, program.start(stand));
    try (TlsProbe probe =
        TlsProbe.start(
            stand.lab().client().namespace(),
            stand.proxy().ipv4(),
            Stand.TLS_PROXY_PORT,
            TlsProbe.Pace.USUAL)) {
      turn.awaitAnswers();
      Thread.sleep(CALM.toMillis());
      for (Loss loss : Loss.values()) {
        LossSample sample = one(stand, program, loss, lost, probe);
        samples.add(sample);
        journal.found(round, program.name(), loss.title(), sample.json());
        Thread.sleep(loss == Loss.NONE ? 0 : RECOVERY.toMillis());
      }
    } catch (IOException e) {
      journal.lost(round, program.name(), "loss of a server", e);
    } finally {
      turn.end();
    }
  }

  private LossSample one(Stand stand, Balancer program, Loss loss, TlsServer lost, TlsProbe probe)
      throws IOException, InterruptedException {
    long from = System.nanoTime();
    loss.inflict(stand.lab(), lost);
    try {
      long to = from + window.toNanos();
      Thread.sleep(window);
      return LossSample.of(program.name(), loss, probe.between(from, to));
    } finally {
      loss.undo(stand.lab(), lost);
    }
  }
}
