package io.apiservervip.agent.config;

import io.apiservervip.agentapi.Manifest;
import io.apiservervip.agentapi.Reading;
import io.apiservervip.agentapi.VipReader;
import java.nio.file.Path;

/** A manifest file read once, with what the user wrote apart from the defaults. */
public final class ManifestFile {
  private ManifestFile() {}

  /** The manifest, or everything that is wrong with the file. */
  public static Reading<Manifest> read(Path file) {
    return switch (FileContent.read(file)) {
      case FileContent.Text(String text) -> VipReader.read(text);
      case FileContent.Unreadable(String reason) -> FileContent.unreadable(file, reason);
    };
  }
}
