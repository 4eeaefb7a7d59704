package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.BackendAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection from accept to its end: first {@link Dialling}, then a {@link Relay}.
 * Owned by one event loop, and one entry of that loop's list and of its timer wheel.
 */
final class Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final FrontendOnLoop frontend;
  private final Timeout<Connection> timeout = new Timeout<>(this);
  private final byte[] client;
  private final Instant since;
  private final Wire wire;
  private @Nullable Dialling dialling;
  private @Nullable Relay relay;
  private @Nullable Connection previous;
  private @Nullable Connection next;
  private boolean ended;

  Connection(FrontendOnLoop frontend, Accepted accepted, Instant since) {
    this.frontend = frontend;
    this.client = accepted.address();
    this.since = since;
    Dialling first = new Dialling(this, frontend);
    this.dialling = first;
    this.wire = accepted.adopt(frontend.loop().executor(), first);
  }

  void begin(long nowNanos) {
    if (dialling != null) {
      dialling.begin(nowNanos);
    }
  }

  /** The client's address in network order. */
  byte[] client() {
    return client;
  }

  Wire wire() {
    return wire;
  }

  FrontendOnLoop frontend() {
    return frontend;
  }

  boolean isClient(Wire other) {
    return wire.equals(other);
  }

  /** Not null while no server has it. */
  @Nullable Dialling dialling() {
    return dialling;
  }

  /** The place of the server that has it; -1 while none has. */
  int server() {
    return relay == null ? -1 : relay.server();
  }

  /** A server has it from now on; {@code first} goes there before anything else. */
  void relay(Attempt attempt, byte[] first, boolean clientEnded) {
    dialling = null;
    Relay begun = new Relay(this, attempt);
    relay = begun;
    begun.begin(first, clientEnded);
  }

  /** The first bytes of the server, if it still has the client. */
  void answer(byte[] bytes) {
    if (relay != null && !ended) {
      relay.answer(bytes);
    }
  }

  /** After whatever happened to it: sets the timer, moves what can be moved. */
  void settle() {
    if (ended) {
      return;
    }
    if (dialling != null) {
      frontend.loop().timer(this, dialling.nextDeadlineNanos());
    } else if (relay != null) {
      relay.started();
    }
  }

  Timeout<Connection> timeout() {
    return timeout;
  }

  /** Its timer is due. */
  void deadline(long nowNanos) {
    if (dialling != null) {
      dialling.deadline(nowNanos);
    } else if (relay != null) {
      relay.deadline(nowNanos);
    }
  }

  /** Ends it for a reason from outside. */
  void end(SessionEnd reason, boolean reset) {
    if (dialling != null) {
      dialling.end(reason, reset);
    } else if (relay != null) {
      relay.end(reason, reset);
    }
  }

  /** A bug in what belongs to it: it ends, the others live on. */
  void failed(RuntimeException bug) {
    LOG.error("a connection is ended by a bug", bug);
    end(SessionEnd.INTERNAL, true);
  }

  /** It is over; whoever calls has closed what else was open. */
  void finish(SessionEnd reason, boolean reset) {
    if (ended) {
      return;
    }
    ended = true;
    wire.close(reset);
    dialling = null;
    relay = null;
    frontend.finished(this, reason);
  }

  /** How it is shown; null while no server has it, or once it is broken. */
  @Nullable SessionView view(String listener) {
    InetSocketAddress from = wire.remoteAddress();
    InetSocketAddress at = wire.localAddress();
    Relay running = relay;
    if (running == null || from == null || at == null) {
      return null;
    }
    InetSocketAddress source = running.source();
    BackendAddress backend = running.backend();
    return source == null
        ? null
        : new SessionView(
            listener, from, at, source, backend, since, running.fromClient(), running.toClient());
  }

  // The list of the loop's connections.

  @Nullable Connection next() {
    return next;
  }

  void linkBefore(@Nullable Connection first) {
    next = first;
    if (first != null) {
      first.previous = this;
    }
  }

  /** Takes it out of the list; the first of the list afterwards. */
  @Nullable Connection unlink(@Nullable Connection first) {
    if (previous != null) {
      previous.next = next;
    }
    if (next != null) {
      next.previous = previous;
    }
    Connection head = first == this ? next : first;
    previous = null;
    next = null;
    return head;
  }
}
