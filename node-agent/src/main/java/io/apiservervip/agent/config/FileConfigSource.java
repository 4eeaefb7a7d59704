package io.apiservervip.agent.config;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.ConfigResolution;
import io.apiservervip.agentapi.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A manifest file as the source of the document. The path is followed anew at each poll, so that a
 * symbolic link that is swapped (a ConfigMap's mount) and a rename over the file (an editor) are
 * seen like a write. Not safe across threads.
 */
public final class FileConfigSource {

  /** What a poll found. */
  public sealed interface Poll {}

  /** The file says what it said at the last poll. */
  public record Unchanged() implements Poll {}

  /** The file is new, different, or gone: the document in it, or what is wrong. */
  public record Changed(Reading<AgentConfig> result) implements Poll {}

  private final Path file;
  private @Nullable Map<String, Object> stamp;
  private @Nullable FileContent last;
  private boolean settled;

  public FileConfigSource(Path file) {
    this.file = file;
  }

  /**
   * Looks at the file; the first poll always finds a change. The content is read again only after
   * inode, size or times changed, and once more at the poll after that: two writes within one tick
   * of the file system's clock look alike.
   */
  public Poll poll() {
    Map<String, Object> now = stamp();
    boolean same = now != null && now.equals(stamp);
    if (same && settled) {
      return new Unchanged();
    }
    boolean vanished = now == null && stamp != null;
    settled = same;
    stamp = now;
    FileContent content = FileContent.read(file);
    boolean rename = vanished && content instanceof FileContent.Unreadable;
    if (rename || content.equals(last)) {
      return new Unchanged();
    }
    last = content;
    return new Changed(document(content));
  }

  private Reading<AgentConfig> document(FileContent content) {
    return switch (content) {
      case FileContent.Text(String text) -> ConfigResolution.read(text);
      case FileContent.Unreadable(String reason) -> FileContent.unreadable(file, reason);
    };
  }

  /** Device, inode, size and times of what the path leads to; null if there is nothing. */
  private @Nullable Map<String, Object> stamp() {
    try {
      return Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime");
    } catch (IOException e) {
      return null;
    }
  }
}
