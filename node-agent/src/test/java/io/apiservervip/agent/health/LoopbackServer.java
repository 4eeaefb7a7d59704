package io.apiservervip.agent.health;

import io.apiservervip.agentapi.BackendAddress;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server on the loopback that answers as a test says, and notes what its clients do: {@code
 * open}, {@code asked}, {@code close_notify}, {@code fin}, {@code reset}.
 */
final class LoopbackServer implements AutoCloseable {
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  /** One request: what was asked, and where the answer goes. */
  record Request(String head, int number, ChannelHandlerContext context) {
    void send(String text) {
      ChannelFuture _ = context.writeAndFlush(ByteBufUtil.writeAscii(context.alloc(), text));
    }

    void close() {
      ChannelFuture _ = context.close();
    }
  }

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final @Nullable SslContext tls;
  private final Consumer<Request> script;
  private final Channel listener;

  private LoopbackServer(String ip, @Nullable SslContext tls, Consumer<Request> script) {
    this.tls = tls;
    this.script = script;
    this.listener =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(new Client.Factory(this))
            .bind(new InetSocketAddress(InetAddress.ofLiteral(ip), 0))
            .syncUninterruptibly()
            .channel();
  }

  /** Without TLS. */
  static LoopbackServer plain(Consumer<Request> script) {
    return new LoopbackServer("127.0.0.1", null, script);
  }

  /** Without TLS, on ::1. */
  static LoopbackServer plain6(Consumer<Request> script) {
    return new LoopbackServer("::1", null, script);
  }

  /** With TLS of these versions and the certificate of this name. */
  static LoopbackServer tls(String certificate, Consumer<Request> script, String... versions) {
    return new LoopbackServer("127.0.0.1", context(certificate, versions), script);
  }

  /** Answers every request with this. */
  static Consumer<Request> always(String answer) {
    return request -> request.send(answer);
  }

  private static SslContext context(String certificate, String... versions) {
    try (InputStream chain = resource(certificate + ".crt");
        InputStream key = resource(certificate + ".key")) {
      return SslContextBuilder.forServer(chain, key).protocols(versions).build();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static InputStream resource(String name) {
    InputStream stream = LoopbackServer.class.getResourceAsStream("/certificates/" + name);
    if (stream == null) {
      throw new AssertionError(name);
    }
    return stream;
  }

  BackendAddress address() {
    InetSocketAddress bound = (InetSocketAddress) listener.localAddress();
    return new BackendAddress(bound.getAddress(), bound.getPort());
  }

  int connections() {
    return connections.get();
  }

  /** The next thing that a client did. */
  String event() {
    try {
      String event = events.poll(10, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("nothing happened for 10 s");
      }
      return event;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What clients did until one did this. */
  List<String> eventsUntil(String last) {
    List<String> seen = new ArrayList<>();
    do {
      seen.add(event());
    } while (!seen.getLast().equals(last));
    return seen;
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static final class Client extends ChannelInboundHandlerAdapter {
    private final LoopbackServer server;
    private final StringBuilder head = new StringBuilder();

    Client(LoopbackServer server) {
      this.server = server;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      server.connections.incrementAndGet();
      server.events.add("open");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      head.append(bytes.toString(StandardCharsets.US_ASCII));
      bytes.release();
      int end = head.indexOf("\r\n\r\n");
      if (end >= 0) {
        String asked = head.substring(0, end);
        head.delete(0, end + 4);
        server.events.add("asked");
        server.script.accept(new Request(asked, server.requests.incrementAndGet(), context));
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event == SslCloseCompletionEvent.SUCCESS) {
        server.events.add("close_notify");
      } else if (event == ChannelInputShutdownEvent.INSTANCE) {
        server.events.add("fin");
        ChannelFuture _ = context.close();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (String.valueOf(cause.getMessage()).contains("reset")) {
        server.events.add("reset");
      }
      ChannelFuture _ = context.close();
    }

    private static final class Factory extends ChannelInitializer<Channel> {
      private final LoopbackServer server;

      Factory(LoopbackServer server) {
        this.server = server;
      }

      @Override
      protected void initChannel(Channel channel) {
        if (server.tls != null) {
          channel.pipeline().addLast(server.tls.newHandler(channel.alloc()));
        }
        channel.pipeline().addLast(new Client(server));
      }
    }
  }
}
