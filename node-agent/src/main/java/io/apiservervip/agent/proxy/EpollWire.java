package io.apiservervip.agent.proxy;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/** A wire on epoll(7), edge-triggered: registered once, never changed. */
final class EpollWire extends Wire implements EpollIoHandle {
  private static final EpollIoOps OPS =
      EpollIoOps.EPOLLIN
          .with(EpollIoOps.EPOLLOUT)
          .with(EpollIoOps.EPOLLRDHUP)
          .with(EpollIoOps.EPOLLET);
  private static final int HUP = 0x10;
  private static final int BROKEN = EpollIoOps.EPOLLERR.value() | HUP;
  private static final int ENDED = EpollIoOps.EPOLLRDHUP.value() | BROKEN;
  private static final int IN = EpollIoOps.EPOLLIN.value() | ENDED;
  private static final int OUT = EpollIoOps.EPOLLOUT.value() | BROKEN;

  /** What is read, written and closed. */
  private final FileDescriptor descriptor;

  /**
   * The same one for what only sockets do. Netty asks the kernel for its address when it makes one,
   * which most accepted connections can do without.
   */
  private @Nullable Socket socket;

  private @Nullable IoRegistration registration;

  private EpollWire(
      FileDescriptor descriptor, @Nullable Socket socket, WireHandler handler, boolean connecting) {
    super(handler, connecting);
    this.descriptor = descriptor;
    this.socket = socket;
  }

  /** A connection that is being made. */
  static EpollWire connecting(Socket socket, WireHandler handler) {
    return new EpollWire(socket, socket, handler, true);
  }

  /** A connection that was accepted. */
  static EpollWire accepted(int descriptor, WireHandler handler) {
    return new EpollWire(new FileDescriptor(descriptor), null, handler, false);
  }

  private Socket socket() {
    Socket known = socket;
    if (known == null) {
      known = new Socket(descriptor.intValue());
      socket = known;
    }
    return known;
  }

  /** Begins to hear of events. */
  void registered(IoRegistration with) {
    registration = with;
    with.submit(OPS);
  }

  @Override
  public FileDescriptor fd() {
    return descriptor;
  }

  @Override
  public void handle(IoRegistration with, IoEvent event) {
    int ops = ((EpollIoEvent) event).ops().value();
    ready((ops & IN) != 0, (ops & OUT) != 0, (ops & ENDED) != 0);
  }

  /** Netty calls this when its loop ends. */
  @Override
  public void close() {
    close(true);
  }

  @Override
  int connectError() {
    try {
      return socket().getSoError();
    } catch (IOException e) {
      return Errno.of(e);
    }
  }

  @Override
  void keepAlive(TcpOptions options) {
    try {
      EpollTransport.keepAlive(socket(), options);
    } catch (IOException e) {
      // Broken already: the next event tells.
    }
  }

  @Override
  int receive(Scratch scratch, int most) throws IOException {
    return descriptor.readAddress(scratch.address(), 0, most);
  }

  @Override
  int send(Scratch scratch, int offset, int length) throws IOException {
    return descriptor.writeAddress(scratch.address(), offset, offset + length);
  }

  @Override
  void endOutput() throws IOException {
    try {
      socket().shutdown(false, true);
    } catch (NotYetConnectedException e) {
      // ENOTCONN: the peer has reset the connection meanwhile (shutdown(2)).
      throw new IOException(e);
    }
  }

  @Override
  @Nullable InetSocketAddress localAddress() {
    return socket().localAddress();
  }

  @Override
  @Nullable InetSocketAddress remoteAddress() {
    return socket().remoteAddress();
  }

  @Override
  int descriptor() {
    return descriptor.intValue();
  }

  @Override
  void awaitReadable() {}

  @Override
  void awaitWritable() {}

  @Override
  void release(boolean reset) {
    try {
      if (reset) {
        socket().setSoLinger(0);
      }
    } catch (IOException e) {
      // Broken already: there is nobody left to tell.
    }
    try {
      // Closing takes it out of the epoll set; cancelling an open one would cost a system call.
      descriptor.close();
    } catch (IOException e) {
      // Linux frees the descriptor all the same (close(2)).
    }
    if (registration != null) {
      registration.cancel();
    }
  }
}
