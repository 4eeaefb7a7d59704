package io.apiservervip.agent.proxy;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A listening socket that stands in the selector of every event loop. */
final class NioListeningSocket implements ListeningSocket {
  private static final int BURST = 64;

  /** Sets the options of an accepted connection. */
  @FunctionalInterface
  interface Setup {
    void apply(SocketChannel client) throws IOException;
  }

  private final ServerSocketChannel channel;
  private final InetSocketAddress address;
  private final Setup setup;

  NioListeningSocket(ServerSocketChannel channel, InetSocketAddress address, Setup setup) {
    this.channel = channel;
    this.address = address;
    this.setup = setup;
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public Acceptance accept(IoEventLoop loop, AcceptHandler handler) {
    Accepting accepting = new Accepting(handler);
    accepting.registration = loop.register(accepting).getNow();
    accepting.resume();
    return accepting;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The port is free all the same.
    }
  }

  private final class Accepting implements NioIoHandle, Acceptance {
    private final AcceptHandler handler;
    private @Nullable IoRegistration registration;

    Accepting(AcceptHandler handler) {
      this.handler = handler;
    }

    @Override
    public SelectableChannel selectableChannel() {
      return channel;
    }

    @Override
    public void handle(IoRegistration with, IoEvent event) {
      try {
        for (int i = 0; i < BURST && with.isValid(); i++) {
          SocketChannel client = channel.accept();
          if (client == null) {
            return;
          }
          client.configureBlocking(false);
          setup.apply(client);
          InetSocketAddress peer = (InetSocketAddress) client.getRemoteAddress();
          if (!handler.accepted(new NioAccepted(client, peer))) {
            return;
          }
        }
      } catch (IOException e) {
        handler.acceptFailed(Errno.of(e));
      }
    }

    @Override
    public void pause() {
      submit(NioIoOps.NONE);
    }

    @Override
    public void resume() {
      submit(NioIoOps.ACCEPT);
    }

    private void submit(NioIoOps ops) {
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

  private static final class NioAccepted implements Accepted {
    private final SocketChannel channel;
    private final InetSocketAddress peer;

    NioAccepted(SocketChannel channel, InetSocketAddress peer) {
      this.channel = channel;
      this.peer = peer;
    }

    @Override
    public byte[] address() {
      return peer.getAddress().getAddress();
    }

    @Override
    public int port() {
      return peer.getPort();
    }

    @Override
    public Wire adopt(IoEventLoop loop, WireHandler handler) {
      NioWire wire = new NioWire(channel, handler, false);
      wire.registered(loop.register(wire).getNow());
      return wire;
    }

    @Override
    public void refuse() {
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
      } catch (IOException e) {
        // The client was quicker.
      }
    }
  }
}
