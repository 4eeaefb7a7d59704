package io.apiservervip.agent.kube;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of a stream that may not be longer than 4 MiB: a larger object does not exist. */
final class BoundedLines {
  private static final int MAX_BYTES = 4 << 20;
  private static final int CHUNK = 8192;

  private final InputStream in;
  private final byte[] chunk = new byte[CHUNK];
  private int next;
  private int end;

  BoundedLines(InputStream in) {
    this.in = in;
  }

  /** The next line without its end; null at the end of the stream. */
  @Nullable String read() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (fill()) {
      int from = next;
      while (next < end && chunk[next] != '\n') {
        next++;
      }
      line.write(chunk, from, next - from);
      if (line.size() > MAX_BYTES) {
        throw new IOException("a watch event is longer than 4 MiB");
      }
      if (next < end) {
        next++;
        return line.toString(StandardCharsets.UTF_8);
      }
    }
    return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
  }

  private boolean fill() throws IOException {
    if (next == end) {
      next = 0;
      end = Math.max(0, in.read(chunk));
    }
    return end > 0;
  }
}
