package io.apiservervip.e2e.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown page of the repository.
 *
 * @param file below the root of the repository
 * @param blocks its fenced blocks
 * @param prose its lines outside of them
 */
record Page(Path file, List<Block> blocks, List<String> prose) {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final String FENCE = "```";

  Page {
    blocks = List.copyOf(blocks);
    prose = List.copyOf(prose);
  }

  /** README.md, those below docs, and the chart's. */
  static List<Page> all() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
    }
    files.add(ROOT.resolve("README.md"));
    files.add(ROOT.resolve("helm/README.md"));
    List<Page> pages = new ArrayList<>();
    for (Path file : files) {
      pages.add(read(file));
    }
    return pages;
  }

  static Page read(Path file) throws IOException {
    Path name = ROOT.relativize(file);
    List<Block> blocks = new ArrayList<>();
    List<String> prose = new ArrayList<>();
    List<String> inside = new ArrayList<>();
    String language = null;
    int fence = 0;
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (!line.startsWith(FENCE)) {
        (language == null ? prose : inside).add(line);
      } else if (language == null) {
        language = line.substring(FENCE.length()).strip();
        fence = number;
      } else {
        blocks.add(new Block(name + ":" + fence, language, inside));
        inside.clear();
        language = null;
      }
    }
    if (language != null) {
      throw new IOException(name + ":" + fence + ": the block does not end");
    }
    return new Page(file, blocks, prose);
  }

  /** Where its links lead to, as they are written. */
  List<String> links() {
    List<String> links = new ArrayList<>();
    for (String line : prose) {
      Matcher link = LINK.matcher(line.replaceAll("`[^`]*`", "code"));
      while (link.find()) {
        links.add(link.group(1));
      }
    }
    return links;
  }

  /** Names of its headings as the browser's address has them. */
  Set<String> anchors() {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String line : prose) {
      if (line.matches("#{1,6} .*")) {
        String slug = slug(line.replaceFirst("#+ ", ""));
        int before = seen.merge(slug, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? slug : slug + "-" + before);
      }
    }
    return anchors;
  }

  static String slug(String heading) {
    return heading
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}\\p{M}_ -]", "")
        .replace(' ', '-');
  }

  @Override
  public String toString() {
    return ROOT.relativize(file).toString();
  }
}
