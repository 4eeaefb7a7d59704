package io.apiservervip.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortHolderLookupTest {
  private static final String HEADING =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode\n";
  private static final String REST =
      " 00000000:00000000 00:00000000 00000000     0        0 %s 1 0000000000000000 100 0 0 10 0\n";

  @TempDir Path proc = Path.of(".");

  @BeforeEach
  void tables() throws IOException {
    Files.createDirectories(proc.resolve("net"));
    Files.writeString(
        proc.resolve("net/tcp"),
        HEADING
            + "   0: 0100007F:1931 00000000:0000 0A"
            + REST.formatted("4711")
            + "   1: 0B00630A:192B 0C00630A:8A5C 01"
            + REST.formatted("4712")
            + "rubbish\n");
    Files.writeString(
        proc.resolve("net/tcp6"),
        HEADING
            + "   0: 00000000000000000000000000000000:192B 00000000000000000000000000000000:0000 0A"
            + REST.formatted("4713"));
  }

  private void process(String pid, String name, String... links) throws IOException {
    Path descriptors = Files.createDirectories(proc.resolve(pid).resolve("fd"));
    Files.writeString(proc.resolve(pid).resolve("comm"), name + "\n");
    for (int i = 0; i < links.length; i++) {
      Files.createSymbolicLink(descriptors.resolve("" + i), Path.of(links[i]));
    }
  }

  private PortHolderLookup lookup() {
    return PortHolderLookup.in(proc);
  }

  @Test
  void addressesOfListenersAreRead() {
    assertThat(lookup().listening(6449))
        .containsExactly(java.net.InetAddress.ofLiteral("127.0.0.1"));
    assertThat(lookup().listening(6443)).containsExactly(java.net.InetAddress.ofLiteral("::"));
    assertThat(lookup().listening(1)).isEmpty();
  }

  @Test
  void listenerOfEitherFamilyIsNamed() throws IOException {
    process("7", "sshd", "socket:[1]", "socket:[4712]");
    process("812", "kube-apiserver", "socket:[1]", "socket:[4713]");
    process("9", "etcd", "socket:[4711]");
    assertThat(lookup().holder(6443)).isEqualTo("kube-apiserver (pid 812)");
    assertThat(lookup().holder(6449)).isEqualTo("etcd (pid 9)");
  }

  @Test
  void connectionFromThePortIsNoHolder() throws IOException {
    process("7", "sshd", "socket:[4712]");
    assertThat(lookup().holder(6443)).isNull();
  }

  @Test
  void processOutOfSightIsNotGuessed() throws IOException {
    process("7", "sshd");
    Files.createDirectories(proc.resolve("812"));
    assertThat(lookup().holder(6443)).isNull();
    assertThat(lookup().holder(80)).isNull();
    assertThat(PortHolderLookup.in(proc.resolve("absent")).holder(6443)).isNull();
  }

  @Test
  void thisProcessIsFoundByItsOwnListener() throws IOException {
    try (ServerSocket server = new ServerSocket(0)) {
      assertThat(PortHolderLookup.ofHost().holder(server.getLocalPort()))
          .endsWith(" (pid " + ProcessHandle.current().pid() + ")");
    }
  }
}
