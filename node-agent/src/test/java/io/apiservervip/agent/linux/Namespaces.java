package io.apiservervip.agent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Two network namespaces joined by a veth pair, and threads that work inside them. */
final class Namespaces implements AutoCloseable {
  private static final int CLONE_NEWNET = 0x40000000;

  Namespaces() {
    close();
    run("ip netns add lxa; ip netns add lxb");
    run(
        "ip link add lx0 netns lxa address 02:00:00:00:00:01 type veth"
            + " peer name lx1 netns lxb address 02:00:00:00:00:02");
    run("ip -n lxa addr add 10.99.0.1/24 dev lx0; ip -n lxb addr add 10.99.0.2/24 dev lx1");
    run(
        "ip -n lxa addr add fd00:99::1/64 dev lx0 nodad; ip -n lxa addr add fe80::1/64 dev lx0 nodad");
    run(
        "ip -n lxb addr add fd00:99::2/64 dev lx1 nodad; ip -n lxb addr add fe80::2/64 dev lx1 nodad");
    run("ip -n lxa link set lx0 addrgenmode none up; ip -n lxb link set lx1 addrgenmode none up");
    run(
        "for n in lxa lxb; do i=0; until ip -n $n -6 route show table local | grep -q ff00::/8;"
            + " do i=$((i+1)); [ $i -lt 50 ] || exit 1; sleep 0.1; done; done");
  }

  /** Runs a shell command and returns what it printed. */
  static String run(String command) {
    try {
      Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return out;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(command, e);
    }
  }

  /** Runs the task on a new thread inside the namespace. */
  static <T> T inside(String namespace, Callable<T> task) throws Exception {
    FutureTask<T> future =
        new FutureTask<>(
            () -> {
              enter(namespace);
              return task.call();
            });
    Thread thread = new Thread(future, namespace);
    thread.start();
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(namespace, e.getCause());
    }
  }

  @SuppressWarnings("restricted") // setns(2) has no other way in for a test
  private static void enter(String namespace) {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      var open =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("open"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
              Linker.Option.firstVariadicArg(2));
      var setns =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("setns"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      int fd = (int) open.invokeExact(arena.allocateFrom("/run/netns/" + namespace), 0);
      if ((int) setns.invokeExact(fd, CLONE_NEWNET) != 0) {
        throw new IllegalStateException("setns " + namespace + " failed");
      }
    } catch (Throwable e) {
      throw new IllegalStateException("cannot enter " + namespace, e);
    }
  }

  @Override
  public void close() {
    run("ip netns del lxa; ip netns del lxb");
  }
}
