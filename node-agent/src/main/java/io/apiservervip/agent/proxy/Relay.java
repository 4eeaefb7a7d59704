package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.BackendAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client and the server that has it: two flows, until both have ended or one side broke. An end
 * of one side is carried to the other (FIN), a break too (RST). Owned by one event loop.
 */
final class Relay implements WireHandler {
  private final Connection connection;
  private final Attempt attempt;
  private final Wire client;
  private final Wire server;
  private final Flow up;
  private final Flow down;
  private long fromClient;
  private long toClient;
  private long movedNanos;
  private boolean started;
  private boolean upEnded;
  private boolean downEnded;
  private boolean over;

  Relay(Connection connection, Attempt attempt) {
    this.connection = connection;
    this.attempt = attempt;
    this.client = connection.wire();
    this.server = Objects.requireNonNull(attempt.wire());
    this.up = new Flow(client, server);
    this.down = new Flow(server, client);
  }

  /** Takes the wires over. */
  void begin(byte[] first, boolean clientEnded) {
    client.handler(this);
    server.handler(this);
    if (first.length > 0) {
      up.first(first, place());
    }
    if (clientEnded) {
      up.sourceEnded();
    }
    movedNanos = loop().now();
  }

  /** What the server said before anything else. */
  void answer(byte[] bytes) {
    down.first(bytes, place());
  }

  /** It has lived for a moment: finding a dead server becomes worth its system calls. */
  void grown() {
    if (!over) {
      server.keepAlive(connection.frontend().frontend().settings().tcp());
    }
  }

  /** The first move, once whoever called has come to rest. */
  void started() {
    if (!started) {
      started = true;
      armIdle();
      loop().young(this);
      move(true, true);
    }
  }

  @Override
  public void connected(Wire wire, int errno) {
    throw new IllegalStateException("connected long ago");
  }

  @Override
  public void failed(Wire wire, RuntimeException bug) {
    connection.failed(bug);
  }

  @Override
  public void ready(Wire wire) {
    boolean fromClientSide = wire.equals(client);
    boolean moveUp = fromClientSide ? wire.readable() : wire.writable();
    boolean moveDown = fromClientSide ? wire.writable() : wire.readable();
    move(moveUp, moveDown);
  }

  private void move(boolean moveUp, boolean moveDown) {
    if (moveDown && !over && !downEnded) {
      moved(down.move(place()), false);
    }
    if (moveUp && !over && !upEnded) {
      moved(up.move(place()), true);
    }
  }

  private void moved(Flow.Outcome outcome, boolean upwards) {
    long bytes = upwards ? up.takeMoved() : down.takeMoved();
    if (bytes > 0) {
      count(bytes, upwards);
    }
    switch (outcome) {
      case WAITING -> {}
      case YIELDED -> loop().later(() -> move(upwards, !upwards));
      case ENDED -> {
        if (upwards) {
          upEnded = true;
          down.last();
        } else {
          downEnded = true;
          up.last();
        }
        if (upEnded && downEnded) {
          end(SessionEnd.COMPLETED, false);
        }
      }
      case SOURCE_BROKEN -> end(upwards ? SessionEnd.CLIENT_RESET : SessionEnd.BACKEND_RESET, true);
      case SINK_BROKEN -> end(upwards ? SessionEnd.BACKEND_RESET : SessionEnd.CLIENT_RESET, true);
    }
  }

  private void count(long bytes, boolean upwards) {
    if (upwards) {
      fromClient += bytes;
      connection.frontend().moved(attempt.server().index(), bytes, 0);
    } else {
      toClient += bytes;
      connection.frontend().moved(attempt.server().index(), 0, bytes);
    }
    if (connection.frontend().idleNanos() > 0) {
      movedNanos = loop().now();
    }
  }

  /** The idle time-out, where there is one. */
  void deadline(long nowNanos) {
    long idle = connection.frontend().idleNanos();
    if (idle > 0 && nowNanos - movedNanos >= idle) {
      end(SessionEnd.IDLE_TIMEOUT, false);
    } else {
      armIdle();
    }
  }

  private void armIdle() {
    long idle = connection.frontend().idleNanos();
    if (idle > 0) {
      loop().timer(connection, movedNanos + idle);
    } else {
      loop().timer(connection, Long.MAX_VALUE);
    }
  }

  void end(SessionEnd reason, boolean reset) {
    if (over) {
      return;
    }
    over = true;
    up.release(place());
    down.release(place());
    attempt.stage(Attempt.Stage.OVER);
    server.close(reset);
    connection.frontend().ended(attempt);
    connection.finish(reason, reset);
  }

  int server() {
    return attempt.server().index();
  }

  BackendAddress backend() {
    return attempt.server().backend().address();
  }

  @Nullable InetSocketAddress source() {
    return server.localAddress();
  }

  long fromClient() {
    return fromClient;
  }

  long toClient() {
    return toClient;
  }

  private ProxyLoop loop() {
    return connection.frontend().loop();
  }

  private FlowPlace place() {
    return loop().place();
  }
}
