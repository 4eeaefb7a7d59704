package io.apiservervip.e2e.lab;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A network namespace by its name, and threads inside it. A socket belongs to the namespace of the
 * thread that opened it, whoever uses it later: so one program can serve on every host.
 */
public record Namespace(String name) {

  /** Runs the task on a new thread inside the namespace and returns its result. */
  public <T> T call(Callable<T> task) throws IOException, InterruptedException {
    FutureTask<T> future = new FutureTask<>(task);
    start("in " + name, future);
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
  }

  /** Sends one IPv4 datagram, whose header the caller wrote, into the namespace. */
  public void sendIpv4(byte[] datagram) throws IOException, InterruptedException {
    call(
        () -> {
          LibC.sendIpv4(datagram);
          return true;
        });
  }

  /** A daemon thread that lives inside the namespace. */
  public Thread start(String threadName, Runnable body) {
    return Thread.ofPlatform().daemon().name(threadName).start(inside(body));
  }

  /** The body as it runs in here: the thread that runs it moves into the namespace for good. */
  public Runnable inside(Runnable body) {
    return () -> {
      try {
        LibC.enterNetworkNamespace("/run/netns/" + name);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      body.run();
    };
  }
}
