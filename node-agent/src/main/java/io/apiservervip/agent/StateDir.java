package io.apiservervip.agent;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of the files that an agent keeps in its state directory. */
record StateDir(Path path) {
  static final String DEFAULT = "/var/lib/apiserver-vip";
  private static final String SOCKET = ".sock";
  private static final String COPY = ".config.yaml";

  Path socket(String vip) {
    return path.resolve(vip + SOCKET);
  }

  Path copy(String vip) {
    return path.resolve(vip + COPY);
  }

  /** The socket of the named ApiServerVip, or of the only one there is. */
  Path oneSocket(@Nullable String vip) throws CommandFailure {
    return one(vip, SOCKET, "no agent runs here (no *.sock");
  }

  /** The copy of the named ApiServerVip, or of the only one there is. */
  Path oneCopy(@Nullable String vip) throws CommandFailure {
    return one(vip, COPY, "nothing to forget (no *.config.yaml");
  }

  private Path one(@Nullable String vip, String suffix, String none) throws CommandFailure {
    if (vip != null) {
      return path.resolve(vip + suffix);
    }
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(path)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*" + suffix)) {
        files.forEach(file -> names.add(file.getFileName().toString()));
      } catch (IOException e) {
        throw new CommandFailure("cannot read " + path + ": " + e.getMessage());
      }
    }
    return switch (names.size()) {
      case 0 -> throw new CommandFailure(none + " in " + path + "; see --state-dir)");
      case 1 -> path.resolve(names.getFirst());
      default -> {
        String vips =
            String.join(
                " ",
                names.stream()
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .sorted()
                    .toList());
        throw new CommandFailure("more than one ApiServerVip here, choose with --vip: " + vips);
      }
    };
  }
}
