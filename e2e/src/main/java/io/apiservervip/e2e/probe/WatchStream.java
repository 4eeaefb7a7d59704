package io.apiservervip.e2e.probe;

import io.apiservervip.e2e.lab.Namespace;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A watch of a Kubernetes client: one HTTP/2 stream over TLS on which the server speaks when it has
 * something to say, and the client never, unless it is told to {@link #ping}. One thread inside the
 * client's namespace.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends the connection
public final class WatchStream implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup loop;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile Optional<Channel> connection = Optional.empty();
  private volatile String end = "";

  private WatchStream(Namespace namespace) {
    ThreadFactory threads =
        body -> Thread.ofPlatform().daemon().name("watch").unstarted(namespace.inside(body));
    this.loop = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
  }

  /** Begins to open the stream; its first line is the name of the server. */
  public static WatchStream open(Namespace namespace, String address, int port)
      throws IOException, InterruptedException {
    WatchStream stream = new WatchStream(namespace);
    SslContext tls = TlsIdentity.client(ApplicationProtocolNames.HTTP_2);
    InetSocketAddress target = new InetSocketAddress(InetAddress.ofLiteral(address), port);
    stream.loop.execute(() -> stream.connect(tls, target));
    return stream;
  }

  /** The server's next line, empty when none comes in time. */
  public Optional<String> next(Duration patience) throws InterruptedException {
    return Optional.ofNullable(lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** How the connection ended, empty when it has not ended by then. */
  public Optional<String> end(Duration patience) throws InterruptedException {
    return over.await(patience.toMillis(), TimeUnit.MILLISECONDS)
        ? Optional.of(end)
        : Optional.empty();
  }

  /** Sends an HTTP/2 ping, as clients do every 30 s on a silent connection. */
  public void ping() {
    connection.ifPresent(channel -> channel.writeAndFlush(new DefaultHttp2PingFrame(1)));
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }

  private void connect(SslContext tls, InetSocketAddress target) {
    ChannelInitializer<Channel> handlers =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            channel
                .pipeline()
                .addLast(new Ends())
                .addLast(tls.newHandler(channel.alloc()))
                .addLast(Http2FrameCodecBuilder.forClient().build())
                .addLast(new Http2MultiplexHandler(new Lines()))
                .addLast(new Shaken());
          }
        };
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .handler(handlers)
        .connect(target)
        .addListener(
            done -> {
              if (done.cause() != null) {
                finish("connect: " + done.cause().getMessage());
              }
            });
  }

  private void ask(Channel channel) {
    DefaultHttp2Headers headers = new DefaultHttp2Headers();
    headers.method("GET").scheme("https").authority("kubernetes").path("/watch");
    new Http2StreamChannelBootstrap(channel)
        .handler(new Lines())
        .open()
        .addListener(
            opened -> {
              if (opened.isSuccess()) {
                ((Channel) opened.getNow())
                    .writeAndFlush(new DefaultHttp2HeadersFrame(headers, true));
              }
            });
  }

  private void finish(String how) {
    if (over.getCount() > 0) {
      end = how;
      over.countDown();
    }
  }

  /** Sees how the TCP connection ends. */
  private final class Ends extends ChannelInboundHandlerAdapter {
    @Override
    public void channelInactive(ChannelHandlerContext context) {
      finish("closed");
      context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      finish(String.valueOf(cause.getMessage()));
      context.close();
    }
  }

  /** Asks when the handshake is done. */
  private final class Shaken extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
        connection = Optional.of(context.channel());
        ask(context.channel());
      }
      context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      finish(String.valueOf(cause.getMessage()));
      context.close();
    }
  }

  /** What the server says on the stream. */
  @ChannelHandler.Sharable
  private final class Lines extends SimpleChannelInboundHandler<Http2StreamFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) {
      if (frame instanceof Http2DataFrame data) {
        lines.add(data.content().toString(StandardCharsets.US_ASCII).strip());
      }
    }
  }
}
