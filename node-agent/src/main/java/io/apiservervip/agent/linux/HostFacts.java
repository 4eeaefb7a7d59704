package io.apiservervip.agent.linux;

import io.apiservervip.agent.preflight.SeenProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What proc(5) and /run tell of the host: settings of the kernel, this process's capabilities, the
 * programs in the same network namespace, what systemd-networkd and NetworkManager say of an
 * interface. Any thread; looks at 65,536 processes at most.
 */
public final class HostFacts {
  private static final int MOST_PROCESSES = 65_536;
  private static final int MOST_BYTES = 64 * 1024;

  private final Path root;

  private HostFacts(Path root) {
    this.root = root;
  }

  public static HostFacts ofHost() {
    return in(Path.of("/"));
  }

  /** Looks for everything below this directory. */
  static HostFacts in(Path root) {
    return new HostFacts(root);
  }

  /** A setting of the kernel, such as {@code net/ipv4/conf/all/rp_filter}; -1 where it is none. */
  public int setting(String name) {
    String text = text(root.resolve("proc/sys").resolve(name)).strip();
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }

  /** The effective capabilities of this process as capabilities(7) numbers their bits. */
  public long capabilities() {
    return text(root.resolve("proc/self/status"))
        .lines()
        .filter(line -> line.startsWith("CapEff:"))
        .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .findFirst()
        .orElse(0L);
  }

  /** A file of the host; empty where there is none or it cannot be read. */
  public String file(String path) {
    return text(root.resolve(path.startsWith("/") ? path.substring(1) : path));
  }

  /**
   * The programs in this network namespace; one whose namespace cannot be read counts as in it,
   * kernel threads do not.
   */
  public List<SeenProcess> processes() {
    Path proc = root.resolve("proc");
    String own = link(proc.resolve("self/ns/net"));
    List<SeenProcess> found = new ArrayList<>();
    for (Path directory : numbered(proc)) {
      String net = link(directory.resolve("ns/net"));
      SeenProcess process =
          net == null || own == null || net.equals(own) ? process(directory) : null;
      if (process != null) {
        found.add(process);
      }
    }
    return found;
  }

  private static @Nullable SeenProcess process(Path directory) {
    List<String> words = List.of(text(directory.resolve("cmdline")).split("\0"));
    return words.getFirst().isEmpty()
        ? null
        : new SeenProcess(
            Long.parseLong(directory.getFileName().toString()),
            text(directory.resolve("comm")).strip(),
            words);
  }

  private static List<Path> numbered(Path proc) {
    try (Stream<Path> entries = Files.list(proc)) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("[0-9]{1,9}"))
          .limit(MOST_PROCESSES)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static @Nullable String link(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return null;
    }
  }

  /** Empty where it has gone or is not ours to read. */
  private static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
