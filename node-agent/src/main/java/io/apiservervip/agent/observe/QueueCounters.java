package io.apiservervip.agent.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** How often each bounded queue was full; a name that was not announced counts as "other". */
record QueueCounters(Map<String, Counter> byQueue, Counter other) {
  private static final String NAME = "apiservervip.queue.full";

  static QueueCounters register(MeterRegistry registry, Collection<String> queues) {
    Map<String, Counter> byQueue = HashMap.newHashMap(queues.size());
    queues.forEach(queue -> byQueue.put(queue, registry.counter(NAME, "queue", queue)));
    return new QueueCounters(byQueue, registry.counter(NAME, "queue", "other"));
  }

  void increment(String queue) {
    byQueue.getOrDefault(queue, other).increment();
  }
}
