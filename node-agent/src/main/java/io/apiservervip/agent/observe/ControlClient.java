package io.apiservervip.agent.observe;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/** The other end of {@link ControlSocket}. */
public final class ControlClient {
  private static final int MAX_ANSWER = 256 * 1024;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private ControlClient() {}

  /** Sends one line and returns the whole answer; the message of the exception is for a person. */
  public static String ask(Path socket, String line) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      Conversation with = new Conversation(channel, TIMEOUT);
      with.write(line + "\n");
      return with.readAll(MAX_ANSWER);
    }
  }

  /** Somebody listens there. */
  static boolean answers(Path socket) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
