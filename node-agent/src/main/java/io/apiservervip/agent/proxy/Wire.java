package io.apiservervip.agent.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One non-blocking TCP connection of an event loop. It remembers whether it may be read and
 * written: an event sets these, and only running dry or full takes them back, so that a side which
 * is not read costs nothing (epoll(7), edge-triggered). Owned by its event loop.
 */
abstract class Wire {
  private WireHandler handler;
  private boolean readable;
  private boolean writable;
  private boolean connecting;
  private boolean ending;
  private boolean broken;
  private boolean closed;

  Wire(WireHandler handler, boolean connecting) {
    this.handler = handler;
    this.connecting = connecting;
    this.writable = !connecting;
  }

  /** From now on this one hears of the wire. */
  final void handler(WireHandler next) {
    handler = next;
  }

  /** A read may bring something. */
  final boolean readable() {
    return readable;
  }

  /** A write may be taken; false until it is connected. */
  final boolean writable() {
    return writable;
  }

  final boolean closed() {
    return closed;
  }

  /**
   * What the transport calls on an event.
   *
   * @param end the peer has ended its side, or the connection is broken: a read will tell
   */
  final void ready(boolean in, boolean out, boolean end) {
    if (closed) {
      return;
    }
    try {
      tell(in, out, end);
    } catch (RuntimeException bug) {
      // Out of here it would stop the whole event loop for a second.
      handler.failed(this, bug);
    }
  }

  private void tell(boolean in, boolean out, boolean end) {
    ending |= end;
    if (connecting) {
      if (in || out) {
        connecting = false;
        int errno = end ? connectError() : 0;
        writable = errno == 0;
        readable = in && writable;
        handler.connected(this, errno);
      }
      return;
    }
    readable |= in;
    writable |= out;
    handler.ready(this);
  }

  /**
   * Reads into the beginning of the scratch buffer.
   *
   * @return bytes; 0: nothing now; -1: the peer has ended its side
   * @throws IOException the connection is broken
   */
  final int read(Scratch scratch, int most) throws IOException {
    int count;
    try {
      count = receive(scratch, most);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
    if (count == 0 || (count > 0 && count < most && !ending)) {
      // A short read emptied the socket; whatever comes now is another event (epoll(7), question
      // 9).
      readable = false;
      awaitReadable();
    }
    return count;
  }

  /**
   * Writes bytes of the scratch buffer.
   *
   * @return how many were taken
   * @throws IOException the connection is broken
   */
  final int write(Scratch scratch, int offset, int length) throws IOException {
    int taken = send(scratch, offset, length);
    if (taken < length) {
      full();
    }
    return taken;
  }

  /** A write was not taken whole. */
  final void full() {
    writable = false;
    awaitWritable();
  }

  /** Sends FIN, may still read. */
  abstract void endOutput() throws IOException;

  /** Closes it, in order (FIN) or with RST. */
  final void close(boolean reset) {
    if (!closed) {
      closed = true;
      readable = false;
      writable = false;
      release(reset && !broken);
    }
  }

  /** Own address and port; null where it is broken. */
  abstract @Nullable InetSocketAddress localAddress();

  abstract @Nullable InetSocketAddress remoteAddress();

  /** The file descriptor, -1 where the transport has none to give. */
  abstract int descriptor();

  /** The errno of the connect, 0 for success. */
  abstract int connectError();

  /** Sets what a connection needs that lives longer than a moment. */
  abstract void keepAlive(TcpOptions options);

  abstract int receive(Scratch scratch, int most) throws IOException;

  abstract int send(Scratch scratch, int offset, int length) throws IOException;

  abstract void awaitReadable();

  abstract void awaitWritable();

  abstract void release(boolean reset);
}
