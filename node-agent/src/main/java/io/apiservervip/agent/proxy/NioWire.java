package io.apiservervip.agent.proxy;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoEvent;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A wire on a selector of the JDK, level-triggered: it waits only for what its flags lack. */
final class NioWire extends Wire implements NioIoHandle {
  private final SocketChannel channel;
  private @Nullable IoRegistration registration;
  private int interest;

  NioWire(SocketChannel channel, WireHandler handler, boolean connecting) {
    super(handler, connecting);
    this.channel = channel;
    this.interest = connecting ? SelectionKey.OP_CONNECT : SelectionKey.OP_READ;
  }

  @Override
  public SelectableChannel selectableChannel() {
    return channel;
  }

  /** Begins to hear of events. */
  void registered(IoRegistration with) {
    registration = with;
    with.submit(NioIoOps.valueOf(interest));
  }

  private void await(int add, int drop) {
    int next = (interest & ~drop) | add;
    if (next != interest && registration != null && registration.isValid()) {
      interest = next;
      registration.submit(NioIoOps.valueOf(next));
    }
  }

  @Override
  public void handle(IoRegistration with, IoEvent event) {
    int ready = ((NioIoEvent) event).ops().value();
    boolean connect = (ready & SelectionKey.OP_CONNECT) != 0;
    boolean in = (ready & SelectionKey.OP_READ) != 0;
    boolean out = connect || (ready & SelectionKey.OP_WRITE) != 0;
    await(0, ready);
    ready(in, out, connect);
    if (connect && !closed()) {
      await(SelectionKey.OP_READ, 0);
    }
  }

  /** Netty calls this when its loop ends. */
  @Override
  public void close() {
    close(true);
  }

  @Override
  int connectError() {
    try {
      channel.finishConnect();
      return 0;
    } catch (IOException e) {
      return Errno.of(e);
    }
  }

  @Override
  void keepAlive(TcpOptions options) {
    try {
      NioTransport.keepAlive(channel, options);
    } catch (IOException e) {
      // Broken already: the next event tells.
    }
  }

  @Override
  int receive(Scratch scratch, int most) throws IOException {
    return channel.read(scratch.buffer().duplicate().position(0).limit(most));
  }

  @Override
  int send(Scratch scratch, int offset, int length) throws IOException {
    ByteBuffer part = scratch.buffer().duplicate().position(0).limit(offset + length);
    return channel.write(part.position(offset));
  }

  @Override
  void endOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  @Nullable InetSocketAddress localAddress() {
    return address(channel.socket().getLocalSocketAddress());
  }

  @Override
  @Nullable InetSocketAddress remoteAddress() {
    return address(channel.socket().getRemoteSocketAddress());
  }

  private static @Nullable InetSocketAddress address(java.net.@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress inet ? inet : null;
  }

  @Override
  int descriptor() {
    return -1;
  }

  @Override
  void awaitReadable() {
    await(SelectionKey.OP_READ, 0);
  }

  @Override
  void awaitWritable() {
    await(SelectionKey.OP_WRITE, 0);
  }

  @Override
  void release(boolean reset) {
    if (registration != null) {
      registration.cancel();
    }
    try {
      if (reset) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
      channel.close();
    } catch (IOException e) {
      // Broken already: there is nobody left to tell.
    }
  }
}
