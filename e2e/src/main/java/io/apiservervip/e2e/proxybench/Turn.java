package io.apiservervip.e2e.proxybench;

import io.apiservervip.e2e.lab.LabProcess;
import io.apiservervip.e2e.load.Figures;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One program, freshly started, until it is killed at the turn's end. */
record Turn(Stand stand, Balancer program, Optional<LabProcess> process) {

  /** Returns when the client gets an answer through the program. */
  void awaitAnswers() throws IOException {
    stand.awaitAnswers(program.address(stand));
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
