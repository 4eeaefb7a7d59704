package io.apiservervip.e2e.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Processor time and memory of another process, all of its threads, from {@code /proc/PID}:
 * proc_pid_stat(5), proc_pid_status(5).
 */
final class ProcessCost {
  private static final double TICKS_A_SECOND = 100; // USER_HZ, the same on every Linux
  private static final int USER_TIME = 11; // fields after the name in brackets, from 0
  private static final int SYSTEM_TIME = 12;

  private final long pid;

  ProcessCost(long pid) {
    this.pid = pid;
  }

  /** Processor seconds since it started, user and system. */
  double seconds() {
    String stat = String.join(" ", lines("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]))
        / TICKS_A_SECOND;
  }

  /** Resident memory in kB. */
  long residentKilobytes() {
    return lines("status").stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
