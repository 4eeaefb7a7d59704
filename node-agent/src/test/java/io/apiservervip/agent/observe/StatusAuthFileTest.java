package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusAuthFileTest {
  private static final String ADA = "Basic " + PasswordsTest.base64("ada:old");
  private static final String ADA_LATER = "Basic " + PasswordsTest.base64("ada:new");

  @TempDir private Path dir;
  private final AtomicLong now = new AtomicLong();
  private int writes;
  private StatusAuthFile auth;
  private Path file;

  @BeforeEach
  void file() throws IOException {
    file = dir.resolve("users");
    auth = new StatusAuthFile(file, now::get);
    write("ada:old\n");
  }

  @Test
  void knownUserIsAdmittedAndNobodyElse() {
    assertThat(auth.judge(ADA)).isEqualTo(new StatusAuth.Admitted());
    assertThat(auth.judge(null)).isEqualTo(new StatusAuth.Refused());
    assertThat(auth.warning()).isNull();
  }

  @Test
  void changedFileIsInForceWithinASecond() throws IOException {
    assertThat(auth.judge(ADA_LATER)).isEqualTo(new StatusAuth.Refused());
    write("ada:new\n");
    now.set(1_000_000_000L);

    assertThat(auth.judge(ADA_LATER)).isEqualTo(new StatusAuth.Admitted());
    assertThat(auth.judge(ADA)).isEqualTo(new StatusAuth.Refused());
  }

  @Test
  void badFileLeavesTheUsersBeforeInForceAndIsSaidInOneLine() throws IOException {
    assertThat(auth.judge(ADA)).isEqualTo(new StatusAuth.Admitted());
    write("ada\n");
    now.set(1_000_000_000L);

    assertThat(auth.judge(ADA)).isEqualTo(new StatusAuth.Admitted());
    assertThat(auth.warning())
        .isEqualTo(
            "status auth file "
                + file
                + ": line 1 is not user:password; the users before stay in force");

    write("ada:old\n");
    now.set(2_000_000_000L);
    assertThat(auth.warning()).isNull();
  }

  @Test
  void withoutAnyGoodFileNobodyIsLetInAndAGoodOneIsTaken() throws IOException {
    Files.delete(file);
    assertThat(auth.judge(ADA)).isEqualTo(new StatusAuth.Unavailable());
    assertThat(auth.warning()).endsWith("cannot be read: NoSuchFileException; nobody is let in");

    write("ada:old\n");
    now.set(1_000_000_000L);
    assertThat(auth.judge(ADA)).isEqualTo(new StatusAuth.Admitted());
  }

  @Test
  void fileThatOthersCanReadIsWarnedOf() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(auth.judge(ADA)).isEqualTo(new StatusAuth.Admitted());
    assertThat(auth.warning())
        .isEqualTo(file + " can be read by every user of this node: chmod o-r");
  }

  @Test
  void longFileAndOtherEncodingsAreRefused() throws IOException {
    write("#".repeat(16 * 1024) + "\n");
    assertThat(auth.warning()).contains("is longer than 16384 bytes");

    Files.write(file, new byte[] {'a', ':', (byte) 0xff});
    now.set(1_000_000_000L);
    assertThat(auth.warning()).contains("is not UTF-8");
  }

  /** Each with a time of its own, as two writes within a millisecond have the same. */
  private void write(String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.setLastModifiedTime(
        file, FileTime.from(Instant.parse("2026-11-20T00:00:00Z").plusSeconds(writes++)));
  }
}
