package io.apiservervip.agent.proxy;

import org.jspecify.annotations.Nullable;

/**
 * What the flows of one event loop share.
 *
 * @param pipes null where the transport knows no splice
 */
record FlowPlace(Scratch scratch, AsideBudget aside, @Nullable PipePool pipes) {
  @Nullable Pipe takePipe() {
    return pipes == null ? null : pipes.take();
  }

  void givePipe(Pipe pipe) {
    if (pipes != null) {
      pipes.give(pipe);
    }
  }
}
