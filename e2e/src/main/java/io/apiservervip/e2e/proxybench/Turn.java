package io.apiservervip.e2e.proxybench;

import io.apiservervip.e2e.lab.LabProcess;
import io.apiservervip.e2e.load.Figures;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One program, freshly started, until it is killed at the turn's end. */
record Turn(Stand stand, Balancer program, Optional<LabProcess> process) {

  /** Starts the program and waits until the client gets an answer through it. */
  static Turn start(Stand stand, Balancer program) throws IOException, InterruptedException {
    Turn turn = new Turn(stand, program, program.start(stand));
    try {
      stand.awaitAnswers(program.address(stand));
    } catch (IOException e) {
      turn.end();
      throw e;
    }
    return turn;
  }

  /** Runs one kind of load to its end. */
  Figures load(List<String> arguments) throws IOException {
    return stand.load(program.address(stand), process.map(LabProcess::pid), arguments);
  }

  void end() throws IOException, InterruptedException {
    if (process.isPresent()) {
      process.get().kill();
    }
  }
}
