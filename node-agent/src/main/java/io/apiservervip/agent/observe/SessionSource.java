package io.apiservervip.agent.observe;

import io.apiservervip.agent.proxy.SessionView;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Port: the live sessions of the proxy. Any thread. */
public interface SessionSource {
  /** No proxy runs. */
  SessionSource NONE =
      new SessionSource() {
        @Override
        public int total() {
          return 0;
        }

        @Override
        public CompletableFuture<List<SessionView>> list(int limit) {
          return CompletableFuture.completedFuture(List.of());
        }
      };

  /** How many there are now. */
  int total();

  /** At most so many of them, as the event loops collect them. */
  CompletableFuture<List<SessionView>> list(int limit);
}
