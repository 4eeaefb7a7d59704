package io.apiservervip.e2e.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Packets seen at a place of the lab, recorded by tcpdump until it is closed. */
public final class Capture {
  private final LabProcess tcpdump;
  private final Path file;

  Capture(LabProcess tcpdump, Path file) {
    this.tcpdump = tcpdump;
    this.file = file;
  }

  /** Ends the recording and returns tcpdump's lines, with times in seconds since the epoch. */
  public List<String> stop() throws IOException, InterruptedException {
    tcpdump.terminate();
    tcpdump.awaitExit();
    return Shell.run(List.of("tcpdump", "-n", "-tt", "-v", "-r", file.toString()))
        .replace("\n    ", " ")
        .lines()
        .toList();
  }
}
