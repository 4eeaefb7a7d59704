package io.apiservervip.agent.kube;

import io.apiservervip.agent.observe.AgentView;
import io.apiservervip.agent.observe.ClusterMeters;
import io.apiservervip.agent.observe.RateLimitedLog;
import io.apiservervip.agentapi.NodeStatusCodec;
import io.apiservervip.api.v1alpha1.BackendState;
import io.apiservervip.api.v1alpha1.BackendStatus;
import io.apiservervip.api.v1alpha1.NodeStatus;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's entry in {@code status.nodes} true, by server-side apply, forced, under a field
 * manager of its own. A thread of its own looks at the agent's snapshot five times a second and
 * writes when {@link PublishPolicy} says so; nobody waits for it.
 */
public final class StatusPublisher implements AutoCloseable {
  private static final long TURN_MILLIS = 200;
  private static final long LAST_WRITE_MILLIS = 1000;
  private static final RateLimitedLog LOG =
      new RateLimitedLog(LoggerFactory.getLogger(StatusPublisher.class), System::nanoTime);

  private final String path;
  private final String vip;
  private final ApiLink link;
  private final Supplier<AgentView> view;
  private final ClusterMeters meters;
  private final Succession succession = new Succession();
  private final PublishPolicy policy = new PublishPolicy(new Backoff(new SplittableRandom()));
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private @Nullable ApiSession used;
  private @Nullable ApiServer distrusted;

  /**
   * A publisher that is not begun yet.
   *
   * @param vip name of the resource
   * @param view what the agent shows of itself now; any thread
   */
  public StatusPublisher(
      String vip, String node, ApiLink link, Supplier<AgentView> view, ClusterMeters meters) {
    this.vip = vip;
    this.path =
        "/apis/apiservervip.io/v1alpha1/apiservervips/"
            + vip
            + "/status?force=true&fieldManager="
            + FieldManager.of(node);
    this.link = link;
    this.view = view;
    this.meters = meters;
    this.thread = Thread.ofPlatform().name("status-publisher").daemon().unstarted(this::loop);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  private void loop() {
    try {
      while (!closing.await(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
        turn();
      }
      turn(); // what the agent's end made of it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // no time for a last write
    }
  }

  private void turn() throws InterruptedException {
    AgentView now = view.get();
    NodeStatus entry = NodeStatusAssembly.of(now, succession.predecessor(now.router()));
    NodeStatus settled = NodeStatusAssembly.settled(entry, true);
    ApiSession session = link.connection().session();
    if (session == null) {
      return;
    }
    if (lost(session.server(), entry)) {
      link.connection().abandon(session, "the checks found it down");
      return;
    }
    if (session != used) {
      used = session;
      policy.renewed();
    }
    if (policy.due(settled, System.nanoTime())) {
      write(session, entry, settled);
    }
  }

  /** Whether the checks have just found the server in use down: once for each such finding. */
  private boolean lost(ApiServer server, NodeStatus entry) {
    boolean down = down(server, entry);
    boolean news = down && !server.equals(distrusted);
    if (down) {
      distrusted = server;
    } else if (server.equals(distrusted)) {
      distrusted = null;
    }
    return news;
  }

  private static boolean down(ApiServer server, NodeStatus entry) {
    return Objects.requireNonNullElse(entry.backends(), List.<BackendStatus>of()).stream()
        .anyMatch(
            backend ->
                backend.state() == BackendState.DOWN
                    && backend.address().equals(server.toString()));
  }

  private void write(ApiSession session, NodeStatus entry, NodeStatus settled)
      throws InterruptedException {
    try {
      ApiAnswer answer = session.ask(ApiRequest.apply(path, NodeStatusCodec.applied(vip, entry)));
      if (answer.successful()) {
        meters.written().increment();
        policy.wrote(settled, System.nanoTime());
        return;
      }
      meters.refused().increment();
      String why = ApiJson.message(answer.body());
      LOG.warn(
          "refused",
          "the status entry is refused: " + why,
          line -> line.addKeyValue("status", answer.status()));
    } catch (IOException e) {
      meters.unanswered().increment();
      link.connection().suspect(session);
      LOG.warn(
          "unanswered",
          "the status entry could not be written: " + e.getMessage(),
          line -> line.addKeyValue("server", session.server()));
    }
    policy.failed(settled, System.nanoTime());
  }

  /** Writes what changed last, for a second at most, and ends. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(LAST_WRITE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
