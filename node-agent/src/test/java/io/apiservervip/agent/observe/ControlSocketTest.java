package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiservervip.agent.observe.AgentControl.HandoverResult;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlSocketTest {
  @TempDir private Path dir;
  private Path path;

  @BeforeEach
  void nameTheSocket() {
    path = dir.resolve("vip.sock");
  }

  @Test
  void answersStatusAndHandoverAndRefusesTheRest() throws IOException {
    try (ControlSocket socket = socket("{}\n")) {
      socket.start();

      assertThat(ControlClient.ask(path, "status")).isEqualTo("{}\n");
      assertThat(ControlClient.ask(path, "handover")).isEqualTo("refused: not Active\n");
      assertThat(ControlClient.ask(path, "reboot"))
          .isEqualTo("refused: there are status and handover\n");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void onlyTheOwnerMayUseIt() throws IOException {
    try (ControlSocket socket = socket("")) {
      socket.start();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void tooLongALineEndsThatConnectionAlone() throws IOException {
    try (ControlSocket socket = socket("{}\n")) {
      socket.start();
      String answer;
      try {
        answer = ControlClient.ask(path, "x".repeat(65));
      } catch (IOException reset) {
        answer = "";
      }
      assertThat(answer).isEmpty();
      assertThat(ControlClient.ask(path, "status")).isEqualTo("{}\n");
    }
  }

  @Test
  void leftOverSocketFileIsReplaced() throws IOException {
    ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    dead.bind(UnixDomainSocketAddress.of(path));
    dead.close();
    assertThat(path).exists();

    try (ControlSocket socket = socket("{}\n")) {
      socket.start();
      assertThat(ControlClient.ask(path, "status")).isEqualTo("{}\n");
    }
  }

  @Test
  void socketOfALivingAgentIsLeftAlone() throws IOException {
    try (ControlSocket first = socket("first\n")) {
      first.start();
      try (ControlSocket second = socket("second\n")) {
        second.start();
      }

      assertThat(ControlClient.ask(path, "status")).isEqualTo("first\n");
    }
  }

  @Test
  void nobodyThereIsAnError() {
    assertThatThrownBy(() -> ControlClient.ask(path, "status")).isInstanceOf(IOException.class);
  }

  private ControlSocket socket(String status) {
    return new ControlSocket(
        path, () -> new HandoverResult(false, "not Active"), () -> status, Duration.ofHours(1));
  }
}
