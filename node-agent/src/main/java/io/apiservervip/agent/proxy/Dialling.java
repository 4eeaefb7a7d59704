package io.apiservervip.agent.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection until a server has it: carries out what its {@link Session} decides. The
 * client's first bytes are kept here, so that they can go to another server. Owned by one event
 * loop.
 */
final class Dialling implements SessionActions, ServerChooser, WireHandler {
  private static final byte[] NOTHING = {};

  private final Connection connection;
  private final FrontendOnLoop frontend;
  private final Session session;
  private final Attempt[] attempts = new Attempt[Attempts.MAX];
  private final FirstFlight flight = new FirstFlight();
  private byte[] kept = NOTHING;
  private boolean clientEnded;

  Dialling(Connection connection, FrontendOnLoop frontend) {
    this.connection = connection;
    this.frontend = frontend;
    this.session =
        new Session(frontend.rules(), this, frontend.loop().shared().replayBudget(), this);
  }

  void begin(long nowNanos) {
    session.accepted(nowNanos);
    settle();
  }

  /** When it wants to hear of the time. */
  long nextDeadlineNanos() {
    return session.nextDeadlineNanos();
  }

  void deadline(long nowNanos) {
    session.deadline(nowNanos);
    settle();
  }

  /** A server is down by its checks. */
  void serverDown(int place, long nowNanos) {
    session.serverDown(place, nowNanos);
    settle();
  }

  void placeFree(long nowNanos) {
    session.placeFree(nowNanos);
    settle();
  }

  void end(SessionEnd reason, boolean reset) {
    session.end(reason, reset);
    settle();
  }

  private void settle() {
    connection.settle();
  }

  // What the wires say

  @Override
  public void connected(Wire wire, int errno) {
    Attempt attempt = find(wire);
    if (attempt == null) {
      return;
    }
    long now = frontend.loop().now();
    if (errno == 0) {
      attempt.stage(Attempt.Stage.CONNECTED);
      frontend.connected(attempt, now);
      session.connected(attempt.number(), now);
    } else {
      failed(attempt, Errno.connectFailure(errno), now);
    }
    settle();
  }

  @Override
  public void failed(Wire wire, RuntimeException bug) {
    connection.failed(bug);
  }

  @Override
  public void ready(Wire wire) {
    if (connection.isClient(wire)) {
      readClient(wire);
    } else {
      Attempt attempt = find(wire);
      if (attempt != null) {
        serverReady(attempt, wire);
      }
    }
    settle();
  }

  private void readClient(Wire wire) {
    while (!session.isOver() && wire.readable() && !clientEnded) {
      int room = FirstFlight.MAX_BYTES + 1 - kept.length;
      if (room <= 0) {
        return;
      }
      Scratch scratch = frontend.loop().place().scratch();
      int count;
      try {
        count = wire.read(scratch, Math.min(room, frontend.loop().place().aside().readSize()));
      } catch (IOException e) {
        session.clientEnded(true, frontend.loop().now());
        return;
      }
      if (count == 0) {
        return;
      }
      clientSent(scratch, count);
    }
  }

  private void clientSent(Scratch scratch, int count) {
    long now = frontend.loop().now();
    if (count < 0) {
      clientEnded = true;
      session.clientEnded(false, now);
      return;
    }
    keep(scratch.copy(0, count));
    session.clientBytes(now);
    if (!session.isOver()) {
      session.firstFlight(
          frontend.loop().place().aside().roomy()
              ? flight.update(ByteBuffer.wrap(kept))
              : FirstFlight.Kind.NOT_REPLAYABLE,
          now);
    }
  }

  private void keep(byte[] bytes) {
    frontend.loop().place().aside().add(bytes.length);
    if (kept.length == 0) {
      kept = bytes;
    } else {
      byte[] joined = Arrays.copyOf(kept, kept.length + bytes.length);
      System.arraycopy(bytes, 0, joined, kept.length, bytes.length);
      kept = joined;
    }
  }

  private void serverReady(Attempt attempt, Wire wire) {
    if (wire.writable() && attempt.sent() > 0 && attempt.sent() < kept.length) {
      sendKept(attempt, wire);
    }
    if (!wire.readable()) {
      return;
    }
    Scratch scratch = frontend.loop().place().scratch();
    long now = frontend.loop().now();
    int count;
    try {
      count = wire.read(scratch, Scratch.BYTES);
    } catch (IOException e) {
      session.serverEnded(attempt.number(), true, now);
      return;
    }
    if (count < 0) {
      session.serverEnded(attempt.number(), false, now);
    } else if (count > 0) {
      byte[] answer = scratch.copy(0, count);
      frontend.answered(attempt);
      session.serverAnswered(attempt.number(), now);
      connection.answer(answer);
    }
  }

  private @Nullable Attempt find(Wire wire) {
    for (Attempt attempt : attempts) {
      if (attempt == null) {
        return null;
      }
      if (wire.equals(attempt.wire())) {
        return attempt.stage() == Attempt.Stage.OVER ? null : attempt;
      }
    }
    return null;
  }

  // What the session wants

  @Override
  public int choose(long tried, long nowNanos) {
    return frontend.choose(connection.client(), tried, nowNanos);
  }

  @Override
  public void dial(int number, int place) {
    long now = frontend.loop().now();
    Attempt attempt = frontend.dialling(number, place, now);
    attempts[number] = attempt;
    try {
      attempt.wire(frontend.open(attempt, this));
    } catch (IOException e) {
      ConnectFailure reason = Errno.connectFailure(Errno.of(e));
      frontend
          .loop()
          .later(
              () -> {
                failed(attempt, reason, frontend.loop().now());
                settle();
              });
    }
  }

  private void failed(Attempt attempt, ConnectFailure reason, long nowNanos) {
    if (attempt.stage() == Attempt.Stage.DIALLING) {
      over(attempt, reason);
      session.connectFailed(attempt.number(), reason, nowNanos);
    }
  }

  @Override
  public void abandon(int number, ConnectFailure reason) {
    over(attempts[number], reason);
  }

  private void over(Attempt attempt, ConnectFailure reason) {
    switch (attempt.stage()) {
      case DIALLING -> frontend.notConnected(attempt, reason);
      case CONNECTED -> frontend.ended(attempt);
      case OVER -> {
        return;
      }
    }
    attempt.stage(Attempt.Stage.OVER);
    Wire wire = attempt.wire();
    if (wire != null) {
      wire.close(true);
    }
  }

  @Override
  public void sendFirstFlight(int number) {
    Attempt attempt = attempts[number];
    Wire wire = attempt.wire();
    if (wire != null) {
      sendKept(attempt, wire);
    }
  }

  private void sendKept(Attempt attempt, Wire wire) {
    Scratch scratch = frontend.loop().place().scratch();
    int length = scratch.fill(kept, attempt.sent(), kept.length - attempt.sent());
    try {
      attempt.sent(attempt.sent() + wire.write(scratch, 0, length));
    } catch (IOException e) {
      // The read that follows this event meets the same error.
      frontend.loop().later(() -> broken(attempt));
    }
  }

  private void broken(Attempt attempt) {
    session.serverEnded(attempt.number(), true, frontend.loop().now());
    settle();
  }

  @Override
  public void relay(int number) {
    Attempt attempt = attempts[number];
    byte[] rest =
        attempt.sent() == 0 ? kept : Arrays.copyOfRange(kept, attempt.sent(), kept.length);
    release();
    connection.relay(attempt, rest, clientEnded);
  }

  private void release() {
    frontend.loop().place().aside().add(-kept.length);
    kept = NOTHING;
  }

  @Override
  public void enqueue() {
    frontend.enqueue(connection);
  }

  @Override
  public void hedged(int number) {
    frontend.hedged(attempts[number], frontend.loop().now());
  }

  @Override
  public void unanswered(int number) {
    frontend.unanswered(attempts[number]);
  }

  @Override
  public void replayed(int number) {
    attempts[number].observer().replayed();
  }

  @Override
  public void finish(SessionEnd reason, boolean reset) {
    release();
    connection.finish(reason, reset);
  }
}
