package io.apiservervip.agent.config;

import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The bounded content of a file, or why there is none. */
sealed interface FileContent {
  /** Bytes of the largest file that is read. */
  int MAX_BYTES = 1 << 20;

  record Text(String text) implements FileContent {}

  record Unreadable(String reason) implements FileContent {}

  static FileContent read(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return new Unreadable("is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        return new Unreadable("is larger than 1 MiB");
      }
      return new Text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return new Unreadable("is not UTF-8 text");
    } catch (NoSuchFileException e) {
      return new Unreadable("no such file");
    } catch (AccessDeniedException e) {
      return new Unreadable("permission denied");
    } catch (IOException e) {
      return new Unreadable("cannot be read: " + e.getMessage());
    }
  }

  /** The refusal of a document that could not be read at all. */
  static <T> Reading<T> unreadable(Path file, String reason) {
    return new Reading.Refused<>(List.of(new Problem(file.toString(), null, reason)));
  }
}
