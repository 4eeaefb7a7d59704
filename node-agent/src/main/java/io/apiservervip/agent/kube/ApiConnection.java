package io.apiservervip.agent.kube;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of a program to the API servers: to one of them at a time, whose {@code /readyz}
 * is asked every 2 s on the connection that all requests take. Two misses, and it is given up with
 * everything that waits on it, and another one is searched for, every 2 s until one answers. A
 * thread of its own; every method may be called from any thread and returns at once.
 */
public final class ApiConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiConnection.class);

  private final ApiCredentials credentials;
  private final String userAgent;
  private final ApiListener listener;
  private final ServerRotation rotation;
  private final AtomicReference<@Nullable ApiServers> replaced = new AtomicReference<>();
  private final AtomicReference<@Nullable Abandoned> abandoned = new AtomicReference<>();
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private volatile @Nullable ApiSession session;
  private volatile boolean suspected;
  private volatile boolean closed;
  private volatile String trouble = "no API server was asked yet";
  private String logged = "";
  private @Nullable ApiHttp searching;

  private record Abandoned(ApiSession session, String reason) {}

  /**
   * A connection that is not begun yet.
   *
   * @param userAgent as the API servers' audit log shows it, such as {@code node-agent/1.0.0}
   */
  public ApiConnection(
      ApiCredentials credentials, ApiServers servers, String userAgent, ApiListener listener) {
    this.credentials = credentials;
    this.userAgent = userAgent;
    this.listener = listener;
    this.rotation = new ServerRotation(servers, System.nanoTime());
    this.thread = Thread.ofPlatform().name("api-connection").daemon().unstarted(this::loop);
  }

  /** Begins; it never ends by itself, and never fails. */
  public void start() {
    thread.start();
  }

  /** The server in use; null while none is. */
  public @Nullable ApiSession session() {
    return session;
  }

  /** Why no server is in use, one line for people; of the past where one is. */
  public String trouble() {
    return trouble;
  }

  /** The servers are these from now on; one that is not among them is left. */
  public void servers(ApiServers next) {
    replaced.set(next);
    wake.release();
  }

  /** A request in this session got no answer: the server is asked at once whether it lives. */
  public void suspect(ApiSession which) {
    if (which == session) {
      suspected = true;
      wake.release();
    }
  }

  /** This session's server is known to be lost: it is left at once, whatever waits on it ends. */
  public void abandon(ApiSession which, String reason) {
    if (which == session) {
      abandoned.set(new Abandoned(which, reason));
      which.close(); // the thread of this class may wait for an answer, too
      wake.release();
    }
  }

  private void loop() {
    try {
      while (!closed) {
        pause();
        take();
        if (!closed && rotation.dueNanos() - System.nanoTime() <= 0) {
          turn();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed while it waited for an answer
    } finally {
      endSearch();
      leave("the program ends");
    }
  }

  private void pause() throws InterruptedException {
    long nanos = rotation.dueNanos() - System.nanoTime();
    if (nanos > 0 && wake.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      wake.drainPermits();
    }
  }

  /** What other threads want. */
  private void take() {
    long now = System.nanoTime();
    ApiServers next = replaced.getAndSet(null);
    if (next != null) {
      perform(rotation.replace(next, now));
    }
    Abandoned lost = abandoned.getAndSet(null);
    if (lost != null && lost.session() == session) {
      perform(rotation.abandon(lost.reason(), now));
    }
    if (suspected) {
      suspected = false;
      rotation.suspect(now);
    }
  }

  private void turn() throws InterruptedException {
    switch (rotation.begin(System.nanoTime())) {
      case ServerRotation.Check _ -> check();
      case ServerRotation.Search search -> search(search);
    }
  }

  private void check() throws InterruptedException {
    ApiSession used = session;
    Trial trial = used == null ? Trial.silent("not connected") : used.readyz();
    perform(rotation.checked(trial, System.nanoTime()));
  }

  private void search(ServerRotation.Search search) throws InterruptedException {
    Map<ApiServer, Trial> trials = Map.of();
    String found;
    try {
      ApiHttp http = searching;
      if (http == null) {
        http = ApiHttp.open(credentials, userAgent);
        searching = http;
      }
      trials = ServerSearch.ask(http, search.servers());
      found = text(trials);
    } catch (IOException e) {
      found = unusable(e);
    }
    perform(rotation.found(trials, System.nanoTime()));
    if (session == null) {
      complain(found);
    } else {
      endSearch();
    }
  }

  private void perform(ServerRotation.Verdict verdict) {
    switch (verdict) {
      case ServerRotation.Stay _ -> {}
      case ServerRotation.Leave(ApiServer _, String reason) -> leave(reason);
      case ServerRotation.Use(ApiServer server) -> use(server);
    }
  }

  private void use(ApiServer server) {
    leave(server + " is better placed");
    try {
      ApiSession next = new ApiSession(server, ApiHttp.open(credentials, userAgent));
      session = next;
      logged = "";
      LOG.atInfo().addKeyValue("server", server).log("API server in use");
      listener.connected(next);
    } catch (IOException e) {
      complain(unusable(e));
    }
  }

  private void leave(String reason) {
    ApiSession used = session;
    if (used != null) {
      trouble = used.server() + " was left: " + reason;
      session = null;
      used.close();
      LOG.atInfo().addKeyValue("server", used.server()).log("API server left: {}", reason);
      listener.lost(used, reason);
    }
  }

  /** One log line for each other trouble, not one a search. */
  private void complain(String text) {
    trouble = text;
    if (!text.equals(logged)) {
      logged = text;
      LOG.warn(text);
    }
  }

  private static String unusable(IOException e) {
    return "the credentials cannot be used: " + ApiFailure.text(e);
  }

  private static String text(Map<ApiServer, Trial> trials) {
    return trials.entrySet().stream()
        .map(trial -> trial.getKey() + ": " + trial.getValue().text())
        .collect(Collectors.joining("; ", "no API server answers: ", ""));
  }

  private void endSearch() {
    ApiHttp http = searching;
    if (http != null) {
      searching = null;
      http.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    wake.release();
  }
}
