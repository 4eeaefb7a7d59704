package io.apiservervip.agent.linux;

import io.apiservervip.agent.proxy.PortHolders;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds who holds a port by way of proc(5): from the port to the socket's inode, from there to the
 * process with a descriptor of it. That process is seen only in the same PID namespace and with the
 * right to look at it. Any thread; looks at 4,096 processes with 4,096 descriptors each at most.
 */
public final class PortHolderLookup implements PortHolders {
  private static final int MOST_PROCESSES = 4_096;
  private static final int MOST_DESCRIPTORS = 4_096;

  private final Path proc;

  private PortHolderLookup(Path proc) {
    this.proc = proc;
  }

  public static PortHolderLookup ofHost() {
    return in(Path.of("/proc"));
  }

  /** Looks for everything below this directory. */
  static PortHolderLookup in(Path proc) {
    return new PortHolderLookup(proc);
  }

  @Override
  public @Nullable String holder(int port) {
    Set<String> sockets =
        Stream.of("net/tcp", "net/tcp6")
            .flatMap(
                table -> ListeningSocketCodec.listening(lines(proc.resolve(table)), port).stream())
            .map(inode -> "socket:[" + inode + "]")
            .collect(Collectors.toUnmodifiableSet());
    return sockets.isEmpty()
        ? null
        : entries(proc, MOST_PROCESSES).stream()
            .filter(process -> process.getFileName().toString().matches("[0-9]+"))
            .filter(process -> holds(process, sockets))
            .findFirst()
            .map(process -> name(process) + " (pid " + process.getFileName() + ")")
            .orElse(null);
  }

  /** The addresses of this host on which somebody listens at the port. */
  public Set<InetAddress> listening(int port) {
    return Stream.of("net/tcp", "net/tcp6")
        .flatMap(table -> ListeningSocketCodec.addresses(lines(proc.resolve(table)), port).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean holds(Path process, Set<String> sockets) {
    return entries(process.resolve("fd"), MOST_DESCRIPTORS).stream()
        .anyMatch(descriptor -> sockets.contains(target(descriptor)));
  }

  private static String name(Path process) {
    List<String> name = lines(process.resolve("comm"));
    return name.isEmpty() ? "a process" : name.getFirst();
  }

  /** Empty where the process has ended or is not ours to look at; so below. */
  private static List<Path> entries(Path directory, int most) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.limit(most).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
