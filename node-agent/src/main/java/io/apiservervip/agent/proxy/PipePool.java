package io.apiservervip.agent.proxy;

import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The pipes of one event loop: few and large. Past 64 MiB of pipes in all the kernel gives an
 * unprivileged process only small ones (pipe(7), pipe-user-pages-soft), which are slower than
 * copying.
 */
final class PipePool implements AutoCloseable {
  private final PipeSize size;
  private final int limit;
  private final Runnable exhausted;
  private final ArrayDeque<Pipe> idle = new ArrayDeque<>();
  private int made;

  PipePool(PipeSize size, int limit, Runnable exhausted) {
    this.size = size;
    this.limit = limit;
    this.exhausted = exhausted;
  }

  /** A pipe that is empty; null where all are in use. */
  @Nullable Pipe take() {
    Pipe pipe = idle.poll();
    if (pipe != null) {
      return pipe;
    }
    if (made >= limit) {
      exhausted.run();
      return null;
    }
    try {
      Pipe fresh = Pipe.open(size);
      made++;
      return fresh;
    } catch (IOException e) {
      exhausted.run();
      return null;
    }
  }

  /** Takes it back; one that still holds bytes of a broken session is thrown away. */
  void give(Pipe pipe) {
    if (pipe.held() == 0) {
      idle.push(pipe);
    } else {
      made--;
      pipe.close();
    }
  }

  @Override
  public void close() {
    idle.forEach(Pipe::close);
    made -= idle.size();
    idle.clear();
  }
}
