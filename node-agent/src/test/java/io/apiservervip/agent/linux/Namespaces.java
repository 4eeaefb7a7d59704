package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.NetworkInterfaceState;
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
  private static final int CAPABILITY_VERSION_3 = 0x20080522;
  private static final int CLONE_NEWNET = 0x40000000;

  private final String prefix;

  /** Namespaces {@code <prefix>a} and {@code <prefix>b} with the interfaces 0 and 1. */
  Namespaces(String prefix) {
    this.prefix = prefix;
    close();
    script("ip netns add Na; ip netns add Nb");
    script(
        "ip link add N0 netns Na address 02:00:00:00:00:01 type veth"
            + " peer name N1 netns Nb address 02:00:00:00:00:02");
    script("ip -n Na addr add 10.99.0.1/24 dev N0; ip -n Nb addr add 10.99.0.2/24 dev N1");
    script(
        "ip -n Na addr add fd00:99::1/64 dev N0 nodad; ip -n Na addr add fe80::1/64 dev N0 nodad");
    script(
        "ip -n Nb addr add fd00:99::2/64 dev N1 nodad; ip -n Nb addr add fe80::2/64 dev N1 nodad");
    script("ip -n Na link set N0 addrgenmode none up; ip -n Nb link set N1 addrgenmode none up");
    script(
        "for n in Na Nb; do i=0; until ip -n $n -6 route show table local | grep -q ff00::/8;"
            + " do i=$((i+1)); [ $i -lt 50 ] || exit 1; sleep 0.1; done; done");
  }

  /** Runs a shell command in which {@code N} before a, b, 0 and 1 stands for the prefix. */
  String script(String command) {
    return run(command.replaceAll("\\bN([ab01])\\b", prefix + "$1"));
  }

  String a() {
    return prefix + "a";
  }

  String b() {
    return prefix + "b";
  }

  /** The interface of the namespace that the network was opened in. */
  NetworkInterfaceState link(LinuxHostNetwork network, String namespace) throws Exception {
    return inside(namespace, () -> network.links().snapshot()).interfaces().stream()
        .filter(state -> state.name().startsWith(prefix))
        .findFirst()
        .orElseThrow();
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

  /** The calling thread has no effective capability any more (capset(2)). */
  static void giveUpCapabilities() {
    capabilities(0);
  }

  /** The calling thread has this effective capability alone, of those numbered 0 to 31. */
  static void keepCapability(int capability) {
    capabilities(1 << capability);
  }

  @SuppressWarnings("restricted") // capset(2) has no other way in for a test
  private static void capabilities(int kept) {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      var capset =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("capset"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
      var header = arena.allocateFrom(ValueLayout.JAVA_INT, CAPABILITY_VERSION_3, 0);
      var sets = arena.allocateFrom(ValueLayout.JAVA_INT, kept, kept, 0, 0, 0, 0);
      if ((int) capset.invokeExact(header, sets) != 0) {
        throw new IllegalStateException("capset failed");
      }
    } catch (Throwable e) {
      throw new IllegalStateException("capset", e);
    }
  }

  @Override
  public void close() {
    script("ip netns del Na; ip netns del Nb");
  }
}
