package io.apiservervip.e2e.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of a process's memory (proc(5)). */
final class Memory {
  private static final long KILOBYTES = 1024;

  private Memory() {}

  /** VmRSS in MB of 2^20 bytes. */
  static long residentMegabytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / KILOBYTES;
      }
    }
    throw new IOException("no VmRSS of process " + pid);
  }
}
