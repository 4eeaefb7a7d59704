package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The events of one watch on their way to a client; the mock puts them in from its own threads. A
 * client that lags behind by more than the queue holds is cut off, as a real one is.
 */
final class WatchStream implements WebSocket {
  private static final int CAPACITY = 100_000;
  private static final Duration DEFAULT_TIME = Duration.ofMinutes(30);

  private final RecordedRequest request;
  private final long since;
  private final long endNanos;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>(CAPACITY);
  private volatile boolean closed;

  WatchStream(RecordedRequest request) {
    ApiPath path = ApiPath.parse(request.getPath());
    this.request = request;
    this.since = number(path.query("resourceVersion"), 0);
    this.endNanos =
        System.nanoTime()
            + TimeUnit.SECONDS.toNanos(
                number(path.query("timeoutSeconds"), DEFAULT_TIME.toSeconds()));
  }

  private static long number(String text, long absent) {
    return text.isEmpty() ? absent : Long.parseLong(text);
  }

  /** The next event, or nothing when the watch is over. */
  String next() throws InterruptedException {
    while (!closed) {
      @Nullable String event = events.poll(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null) {
        return "";
      }
      if (isNews(Json.tree(event))) {
        return event;
      }
    }
    return "";
  }

  /** The mock begins with all there is, also for a client that listed it before. */
  private boolean isNews(JsonNode event) {
    return !event.path("type").asText().equals("ADDED")
        || event.at("/object/metadata/resourceVersion").asLong() > since;
  }

  @Override
  public RecordedRequest request() {
    return request;
  }

  @Override
  public boolean send(String text) {
    if (!events.offer(text)) {
      closed = true;
    }
    return !closed;
  }

  @Override
  public boolean send(byte[] bytes) {
    throw new UnsupportedOperationException("events are text");
  }

  @Override
  public boolean close(int code, String reason) {
    closed = true;
    return true;
  }
}
