package io.apiservervip.agent;

import io.apiservervip.agent.observe.AgentView;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who tells others how the agent is; nobody in file mode. */
interface Reporter extends AutoCloseable {
  /** Nobody. */
  Reporter NONE =
      new Reporter() {
        @Override
        public void start(Supplier<AgentView> view, MeterRegistry registry) {}

        @Override
        public @Nullable String trouble() {
          return null;
        }

        @Override
        public void close() {}
      };

  /** Begins; {@code view} may be called from any thread. */
  void start(Supplier<AgentView> view, MeterRegistry registry);

  /** What keeps it from telling, a sentence; null where nothing does. Any thread. */
  @Nullable String trouble();

  /** Tells how it ended, for a second at most. */
  @Override
  void close();
}
