package io.apiservervip.agent.health;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What all probes share: the event loop that owns them, its sockets and TLS. Buffers are unpooled,
 * since a handful of small answers a second is not worth an arena.
 */
final class ProbeTransport {
  private static final int READ_BYTES = 4096;

  private final EventLoop loop;
  private final boolean epoll;
  private final String userAgent;
  private final LongSupplier nanoClock;
  private final ChannelGroup channels;
  private final ProbeTls tls = new ProbeTls();

  ProbeTransport(IoEventLoopGroup group, String version, LongSupplier nanoClock) {
    this.loop = group.next();
    this.epoll = group.isIoType(EpollIoHandler.class);
    this.userAgent = "apiserver-vip/" + version;
    this.nanoClock = nanoClock;
    this.channels = new DefaultChannelGroup(loop);
  }

  /** A new event loop with one thread: epoll, or the JDK's selector where that cannot load. */
  static IoEventLoopGroup newLoop() {
    return new MultiThreadIoEventLoopGroup(
        1,
        Thread.ofPlatform().name("checks").daemon().factory(),
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  EventLoop loop() {
    return loop;
  }

  ProbeTls tls() {
    return tls;
  }

  String userAgent() {
    return userAgent;
  }

  long nanoTime() {
    return nanoClock.getAsLong();
  }

  /** An open socket of the loop, not yet connected. */
  SocketChannel open(ChannelHandler handler) {
    SocketChannel channel = epoll ? new EpollSocketChannel() : new NioSocketChannel();
    channel.config().setAllocator(UnpooledByteBufAllocator.DEFAULT);
    channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_BYTES));
    channel.config().setConnectTimeoutMillis(0);
    channel.pipeline().addLast(handler);
    channels.add(channel);
    ChannelFuture registered = loop.register(channel);
    if (registered.cause() != null) {
      throw new ChannelException(registered.cause());
    }
    return channel;
  }

  /** Waits until all connections are closed, or for so long. Not on the loop. */
  void awaitClosed(long nanos) {
    channels.newCloseFuture().awaitUninterruptibly(nanos, TimeUnit.NANOSECONDS);
  }
}
