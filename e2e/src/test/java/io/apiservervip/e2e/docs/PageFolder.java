package io.apiservervip.e2e.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The directory in which the commands of a page run: its manifests as files, and the chart. */
record PageFolder(Page page, Path path) {
  private static final List<String> LINKS = List.of("helm", "node-agent", "operator", "bench");

  static PageFolder in(Path directory, Page page) throws IOException {
    Path path = directory.resolve("page-" + page.toString().replaceAll("\\W", "-"));
    Files.createDirectories(path);
    for (String link : LINKS) {
      Files.createSymbolicLink(path.resolve(link), Page.ROOT.resolve(link));
    }
    return new PageFolder(page, path);
  }

  /**
   * Writes vip.yaml for the command: of the page's manifests the nearest one. Those that list
   * members are for an agent without a cluster, the others for the cluster.
   */
  void manifestFor(Command command) throws IOException {
    boolean members = command.text().contains("node-agent");
    var nearest =
        page.blocks().stream()
            .filter(block -> block.text().contains("kind: ApiServerVip"))
            .filter(block -> block.text().contains("members:") == members)
            .min(Comparator.comparingInt(block -> Math.abs(line(block) - line(command.block()))));
    if (nearest.isPresent()) {
      Files.writeString(path.resolve("vip.yaml"), nearest.get().text());
    }
  }

  private static int line(Block block) {
    return Integer.parseInt(block.where().replaceFirst(".*:", ""));
  }
}
