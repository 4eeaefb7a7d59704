package io.apiservervip.agent.kube;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Follows one object by its name: a list, then a watch from there, and again when the watch ends,
 * which the API server does every few minutes. A field selector keeps to that name, so that a role
 * which names the object is right enough. Runs on a thread of its own until that is interrupted.
 */
final class ObjectWatch implements Runnable {
  private static final int OK = 200;
  private static final int WATCH_SECONDS = 290;

  /** Which object. */
  record Target(DocumentKind kind, DocumentName name) {
    private String path() {
      return "/api/v1/namespaces/"
          + name.namespace()
          + "/"
          + kind.plural()
          + "?fieldSelector=metadata.name%3D"
          + name.object();
    }

    @Override
    public String toString() {
      return kind.kind() + " " + name;
    }
  }

  private final Target target;
  private final SessionGate gate;
  private final Consumer<ApiSession> suspect;
  private final Consumer<Sighting> sighted;
  private final Backoff backoff;

  /**
   * A watch that is not begun yet.
   *
   * @param suspect told of a session that gave no answer
   */
  ObjectWatch(
      Target target,
      SessionGate gate,
      Consumer<ApiSession> suspect,
      Consumer<Sighting> sighted,
      RandomGenerator random) {
    this.target = target;
    this.gate = gate;
    this.suspect = suspect;
    this.sighted = sighted;
    this.backoff = new Backoff(random);
  }

  @Override
  public void run() {
    try {
      while (!Thread.interrupted()) {
        turn(gate.await());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the program ends
    }
  }

  private void turn(ApiSession session) throws InterruptedException {
    try {
      follow(session, list(session));
    } catch (Refused e) {
      sighted.accept(new Sighting.Unknown(String.valueOf(e.getMessage())));
      gate.pause(session, backoff.failedNanos());
    } catch (IOException e) {
      if (!session.closed()) {
        suspect.accept(session);
      }
      gate.pause(session, backoff.failedNanos());
    }
  }

  /** Tells what there is, and at which version the watch goes on. */
  private String list(ApiSession session) throws IOException, InterruptedException {
    ApiAnswer answer = session.ask(ApiRequest.get(target.path()));
    if (answer.status() != OK) {
      throw new Refused(target, answer.status(), ApiJson.message(answer.body()));
    }
    ApiJson.ObjectList list = ApiJson.list(answer.body(), DocumentKind.KEY);
    sighted.accept(
        list.items().isEmpty() ? new Sighting.Absent() : sighting(list.items().getFirst()));
    return list.resourceVersion();
  }

  private void follow(ApiSession session, String version) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        session.stream(
            ApiRequest.get(
                target.path()
                    + "&watch=true&timeoutSeconds="
                    + WATCH_SECONDS
                    + "&resourceVersion="
                    + version));
    try (InputStream body = answer.body()) {
      BoundedLines lines = new BoundedLines(body);
      if (answer.statusCode() != OK) {
        throw new Refused(target, answer.statusCode(), ApiJson.message("" + lines.read()));
      }
      backoff.worked();
      for (@Nullable String line = lines.read(); line != null; line = lines.read()) {
        take(ApiJson.event(line, DocumentKind.KEY));
      }
    }
  }

  private void take(ApiJson.WatchEvent event) throws Refused {
    switch (event.type()) {
      case "ADDED", "MODIFIED" -> sighted.accept(sighting(event.object()));
      case "DELETED" -> sighted.accept(new Sighting.Absent());
      case "ERROR" -> throw new Refused(target, event.object().code(), event.object().message());
      default -> {} // a bookmark, or what a later version may bring
    }
  }

  private Sighting sighting(ApiObject object) {
    String data = object.data();
    return data == null ? new Sighting.Empty() : new Sighting.Text(target.kind().text(data));
  }

  /** The API server answered, and not with what was asked for. */
  @SuppressWarnings("serial") // never leaves this class
  private static final class Refused extends IOException {
    Refused(Target target, int status, String message) {
      super(target + ": the API server answers " + status + ": " + message);
    }
  }
}
