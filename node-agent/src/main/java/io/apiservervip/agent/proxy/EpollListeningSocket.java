package io.apiservervip.agent.proxy;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A listening socket that stands in the epoll(7) set of every event loop, level-triggered. */
final class EpollListeningSocket implements ListeningSocket {
  private static final int BURST = 64;

  private final Socket socket;
  private final InetSocketAddress address;

  EpollListeningSocket(Socket socket) {
    this.socket = socket;
    this.address = socket.localAddress();
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public Acceptance accept(IoEventLoop loop, AcceptHandler handler) {
    Accepting accepting = new Accepting(socket, handler);
    IoRegistration registration = loop.register(accepting).getNow();
    accepting.registration = registration;
    registration.submit(EpollIoOps.EPOLLIN);
    return accepting;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Linux frees the descriptor all the same (close(2)).
    }
  }

  private static final class Accepting implements EpollIoHandle, Acceptance {
    private final Socket socket;
    private final AcceptHandler handler;
    private final byte[] peer = new byte[26];
    private @Nullable IoRegistration registration;

    Accepting(Socket socket, AcceptHandler handler) {
      this.socket = socket;
      this.handler = handler;
    }

    @Override
    public FileDescriptor fd() {
      return socket;
    }

    @Override
    public void handle(IoRegistration with, IoEvent event) {
      try {
        for (int i = 0; i < BURST && with.isValid(); i++) {
          int descriptor = socket.accept(peer);
          if (descriptor < 0 || !handler.accepted(EpollAccepted.of(descriptor, peer))) {
            return;
          }
        }
      } catch (IOException e) {
        handler.acceptFailed(Errno.of(e));
      }
    }

    @Override
    public void pause() {
      submit(EpollIoOps.NONE);
    }

    @Override
    public void resume() {
      submit(EpollIoOps.EPOLLIN);
    }

    private void submit(EpollIoOps ops) {
      if (registration != null && registration.isValid()) {
        registration.submit(ops);
      }
    }

    @Override
    public void close() {
      if (registration != null) {
        registration.cancel();
      }
    }
  }

  /** The descriptor of accept4(2) and the peer's address. */
  private static final class EpollAccepted implements Accepted {
    private final int descriptor;
    private final byte[] address;
    private final int port;

    private EpollAccepted(int descriptor, byte[] address, int port) {
      this.descriptor = descriptor;
      this.address = address;
      this.port = port;
    }

    /** Netty writes the length (8: IPv4, 24: IPv6 with scope), the address, then the port. */
    static EpollAccepted of(int descriptor, byte[] peer) {
      int length = peer[0];
      int bytes = length == 8 ? 4 : 16;
      int port = length - 3;
      return new EpollAccepted(
          descriptor,
          Arrays.copyOfRange(peer, 1, 1 + bytes),
          ((peer[port + 2] & 0xff) << 8) | (peer[port + 3] & 0xff));
    }

    @Override
    public byte[] address() {
      return address;
    }

    @Override
    public int port() {
      return port;
    }

    @Override
    public Wire adopt(IoEventLoop loop, WireHandler handler) {
      EpollWire wire = EpollWire.accepted(descriptor, handler);
      wire.registered(loop.register(wire).getNow());
      return wire;
    }

    @Override
    public void refuse() {
      Socket socket = new Socket(descriptor);
      try {
        socket.setSoLinger(0);
        socket.close();
      } catch (IOException e) {
        // The client was quicker.
      }
    }
  }
}
