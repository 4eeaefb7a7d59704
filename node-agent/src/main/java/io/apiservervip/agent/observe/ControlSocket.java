package io.apiservervip.agent.observe;

import io.apiservervip.agent.observe.AgentControl.HandoverResult;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A unix socket, readable by its owner alone, on which {@code node-agent status} and {@code
 * handover} reach the running agent. One thread serves one short request after the other: a line
 * comes, the answer goes, the connection is closed.
 */
public final class ControlSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
  private static final int MAX_LINE = 64;
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

  private final Path path;
  private final AgentControl control;
  private final Supplier<String> status;
  private final Retry retry;
  private volatile @Nullable ServerSocketChannel server;

  /** Not yet listening; {@code status} yields the JSON of {@link StatusDocument}. */
  public ControlSocket(Path path, AgentControl control, Supplier<String> status) {
    this(path, control, status, Duration.ofSeconds(5));
  }

  ControlSocket(Path path, AgentControl control, Supplier<String> status, Duration retryAfter) {
    this.path = path;
    this.control = control;
    this.status = status;
    this.retry = new Retry("control-bind", retryAfter);
  }

  /** Listens, now or as soon as nobody else answers on the path. */
  public void start() {
    retry.untilTrue(this::bind);
  }

  @Override
  public void close() {
    retry.close();
    ServerSocketChannel open = server;
    if (open == null) {
      return;
    }
    try {
      open.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("error", e.getMessage()).log("control socket not removed");
    }
  }

  private boolean bind() {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    try {
      if (Files.exists(path) && ControlClient.answers(path)) {
        throw new IOException("another agent answers on it");
      }
      Files.deleteIfExists(fresh);
      ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      channel.bind(UnixDomainSocketAddress.of(fresh), 4);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
      server = channel;
      Thread.ofPlatform().name("control").daemon().start(() -> serve(channel));
      return true;
    } catch (IOException e) {
      if (retry.firstAttempt()) {
        LOG.atWarn()
            .addKeyValue("path", path)
            .addKeyValue("error", e.getMessage())
            .log("no control socket, trying again every 5 s");
      }
      return false;
    }
  }

  private void serve(ServerSocketChannel channel) {
    while (channel.isOpen()) {
      try (SocketChannel client = channel.accept()) {
        Conversation with = new Conversation(client, REQUEST_TIMEOUT);
        with.write(answer(with.readLine(MAX_LINE)));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | RuntimeException e) {
        LOG.atDebug().addKeyValue("error", e.getMessage()).log("control request failed");
      }
    }
  }

  private String answer(String line) {
    return switch (line) {
      case "status" -> status.get();
      case "handover" -> {
        HandoverResult result = control.handover();
        yield (result.accepted() ? "ok: " : "refused: ") + result.message() + "\n";
      }
      default -> "refused: there are status and handover\n";
    };
  }
}
