package io.apiservervip.agent.kube;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks API servers for {@code /readyz}, all at once. Ends when each has answered or 2 s have
 * passed, and 200 ms after the first that is ready: a server that says nothing holds nobody up.
 */
final class ServerSearch {
  private static final long GRACE_NANOS = 200_000_000L;
  private static final ApiRequest READYZ = ApiRequest.get("/readyz");

  private ServerSearch() {}

  static Map<ApiServer, Trial> ask(ApiHttp http, List<ApiServer> servers)
      throws InterruptedException {
    Map<ApiServer, CompletableFuture<Trial>> asked = new LinkedHashMap<>();
    CompletableFuture<Void> ready = new CompletableFuture<>();
    for (ApiServer server : servers) {
      asked.put(server, trial(http, server, ready));
    }
    CompletableFuture<?> all =
        CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new));
    await(CompletableFuture.anyOf(all, ready), ApiHttp.TIMEOUT.toNanos());
    await(all, ready.isDone() ? GRACE_NANOS : 0);
    Map<ApiServer, Trial> trials = new LinkedHashMap<>();
    asked.forEach(
        (server, trial) -> {
          trials.put(server, trial.getNow(Trial.silent("no answer within 2 s")));
          trial.cancel(true);
        });
    return trials;
  }

  private static CompletableFuture<Trial> trial(
      ApiHttp http, ApiServer server, CompletableFuture<Void> ready) {
    CompletableFuture<ApiAnswer> sent;
    try {
      sent = http.send(server, READYZ);
    } catch (IOException | IllegalArgumentException e) {
      return CompletableFuture.completedFuture(Trial.silent(ApiFailure.text(e)));
    }
    CompletableFuture<Trial> trial =
        sent.handle(
            (answer, failure) ->
                failure == null
                    ? Trial.status(answer.status())
                    : Trial.silent(ApiFailure.text(failure)));
    CompletableFuture<Trial> _ =
        trial.whenComplete(
            (result, cancelled) -> {
              if (cancelled != null) {
                sent.cancel(true);
              } else if (result.answer() == Trial.Answer.READY) {
                ready.complete(null);
              }
            });
    return trial;
  }

  private static void await(CompletableFuture<?> some, long nanos) throws InterruptedException {
    try {
      some.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return; // those that have not answered are silent
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // every trial ends with a result
    }
  }
}
