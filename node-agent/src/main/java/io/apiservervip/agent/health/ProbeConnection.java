package io.apiservervip.agent.health;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.HealthCheckConfig;
import io.apiservervip.api.v1alpha1.CheckType;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a check, from its SYN to its end in order: close_notify, FIN, and then what the
 * server still sends is read for at most 1 s, so that no RST shows up in its log. Owned by the
 * check loop.
 */
final class ProbeConnection extends ChannelInboundHandlerAdapter implements AnswerReader.Taker {
  private static final long LINGER_MILLIS = 1_000;
  private static final long CLOSE_NOTIFY_FLUSH_MILLIS = 250;

  /** How far it got, in words that follow "no answer". */
  enum Phase {
    CONNECTING("to the SYN"),
    HANDSHAKE("in the TLS handshake"),
    ESTABLISHED("to the request"),
    ENDED("");

    private final String text;

    Phase(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** Who is told; nothing more comes after {@link #lost}, or once the owner has closed. */
  interface Owner {
    /** It may be used. */
    void established(@Nullable ServerCertificate certificate);

    /** An answer came. */
    void answered(CheckResult result, boolean reusable);

    /** It broke, or the server closed it. */
    void lost(CheckResult why);
  }

  private final ProbeTransport transport;
  private final BackendAddress address;
  private final HealthCheckConfig.Probe settings;
  private final Owner owner;
  private final long openedNanos;

  private Phase phase = Phase.CONNECTING;
  private @Nullable SocketChannel channel;
  private @Nullable SslHandler tls;

  ProbeConnection(
      ProbeTransport transport,
      BackendAddress address,
      HealthCheckConfig.Probe settings,
      Owner owner,
      long openedNanos) {
    this.transport = transport;
    this.address = address;
    this.settings = settings;
    this.owner = owner;
    this.openedNanos = openedNanos;
  }

  Phase phase() {
    return phase;
  }

  long openedNanos() {
    return openedNanos;
  }

  /** Begins to connect. */
  void connect() {
    try {
      SocketChannel opened = transport.open(this);
      channel = opened;
      fill(opened.pipeline());
      opened
          .connect(new InetSocketAddress(address.address(), address.port()))
          .addListener(this::brokenUnlessDone);
    } catch (GeneralSecurityException | RuntimeException e) {
      broken(e);
    }
  }

  /** What stands before this handler, which is the last one. */
  private void fill(ChannelPipeline pipeline) throws GeneralSecurityException {
    CheckType type = settings.type();
    if (type == CheckType.TLS || type == CheckType.HTTPS) {
      SslHandler handler = new SslHandler(transport.tls().engine(address));
      handler.setHandshakeTimeoutMillis(0);
      handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_FLUSH_MILLIS);
      tls = handler;
      pipeline.addBefore(pipeline.lastContext().name(), null, handler);
    }
    if (type == CheckType.HTTP || type == CheckType.HTTPS) {
      String last = pipeline.lastContext().name();
      pipeline.addBefore(last, null, new HttpResponseDecoder());
      pipeline.addBefore(last, null, new AnswerReader(this));
    }
  }

  /** Sends the question. */
  void ask() {
    SocketChannel open = channel;
    if (open != null) {
      String request =
          "GET "
              + settings.path()
              + " HTTP/1.1\r\nHost: "
              + address.text()
              + "\r\nUser-Agent: "
              + transport.userAgent()
              + "\r\nAccept: */*\r\n\r\n";
      open.writeAndFlush(ByteBufUtil.writeAscii(open.alloc(), request))
          .addListener(this::brokenUnlessDone);
    }
  }

  /** Ends it as the server expects. The owner hears no more of it. */
  void closeInOrder() {
    SocketChannel open = channel;
    if (phase == Phase.ENDED || open == null) {
      return;
    }
    boolean established = phase == Phase.ESTABLISHED;
    phase = Phase.ENDED;
    if (!established) {
      Ending.close(open);
      return;
    }
    Future<?> end =
        transport.loop().schedule(() -> Ending.close(open), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    open.closeFuture().addListener(_ -> end.cancel(false));
    SslHandler handler = tls;
    if (handler == null) {
      Ending.closeOutput(open);
    } else {
      Ending.closeOutput(open, handler);
    }
  }

  /** Ends it without waiting for the server, which is gone. The owner hears no more of it. */
  void abort() {
    phase = Phase.ENDED;
    if (channel != null) {
      Ending.close(channel);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (tls == null) {
      establish(null);
    } else if (phase == Phase.CONNECTING) {
      phase = Phase.HANDSHAKE;
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    SslHandler handler = tls;
    if (event instanceof SslHandshakeCompletionEvent handshake && handler != null) {
      if (handshake.isSuccess()) {
        establish(ProbeTls.certificate(handler.engine().getSession()));
      } else {
        broken(handshake.cause());
      }
    } else if (event instanceof SslCloseCompletionEvent) {
      broken(new ClosedChannelException());
    }
  }

  private void establish(@Nullable ServerCertificate certificate) {
    if (phase != Phase.ENDED) {
      phase = Phase.ESTABLISHED;
      owner.established(certificate);
    }
  }

  @Override
  public void answered(CheckResult result, boolean reusable) {
    if (phase == Phase.ESTABLISHED) {
      owner.answered(result, reusable);
    }
  }

  /** What no other handler wanted: only a server that is not asked for anything sends it. */
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    lose(closed());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    broken(cause);
  }

  private void brokenUnlessDone(Future<?> future) {
    if (!future.isSuccess()) {
      broken(future.cause());
    }
  }

  private void broken(Throwable cause) {
    if (channel != null) {
      Ending.close(channel);
    }
    lose(cause instanceof ClosedChannelException ? closed() : Failures.result(cause));
  }

  private CheckResult closed() {
    boolean shaking = phase == Phase.HANDSHAKE;
    return new CheckResult.Failed(shaking ? "closed in the TLS handshake" : "closed unanswered");
  }

  private void lose(CheckResult why) {
    if (phase != Phase.ENDED) {
      phase = Phase.ENDED;
      owner.lost(why);
    }
  }
}
