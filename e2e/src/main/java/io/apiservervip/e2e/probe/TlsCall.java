package io.apiservervip.e2e.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/**
 * One connection of a {@link TlsProbe} under way: it asks when the handshake is done, and reports
 * exactly once how it ended. The probe's thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in channelInactive
final class TlsCall extends ChannelInboundHandlerAdapter {
  private static final String REQUEST =
      "GET /id HTTP/1.1\r\nHost: kubernetes\r\nConnection: close\r\n\r\n";

  private final long startNanos;
  private final Consumer<TlsAttempt> log;
  private final StringBuilder text = new StringBuilder();
  private boolean connected;
  private boolean begun;
  private volatile boolean over;

  TlsCall(long startNanos, Consumer<TlsAttempt> log) {
    this.startNanos = startNanos;
    this.log = log;
  }

  long startNanos() {
    return startNanos;
  }

  /** Puts the call's handlers on both sides of the TLS handler. */
  void join(Channel channel, SslHandler tls) {
    tls.setHandshakeTimeoutMillis(0);
    channel.pipeline().addLast(new FirstByte()).addLast(tls).addLast(this);
  }

  /** Ends it, unless it has ended. */
  void end(String server, Optional<TlsFailure> failure) {
    if (!over) {
      over = true;
      log.accept(new TlsAttempt(startNanos, System.nanoTime(), connected, begun, server, failure));
    }
  }

  void fail(Throwable cause) {
    end("", Optional.of(reason(cause)));
  }

  boolean over() {
    return over;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    connected = true;
    context.fireChannelActive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent end && end.isSuccess()) {
      context.writeAndFlush(ByteBufUtil.writeAscii(context.alloc(), REQUEST));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      text.append(((ByteBuf) message).toString(StandardCharsets.US_ASCII));
    } finally {
      ReferenceCountUtil.release(message);
    }
    int head = text.indexOf("\r\n\r\n");
    if (head > 0 && text.length() > head + 4) {
      end(text.substring(head + 4), Optional.empty());
      context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end("", Optional.of(TlsFailure.CLOSED));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(cause);
    context.close();
  }

  static TlsFailure reason(Throwable cause) {
    return switch (cause) {
      case ConnectException e when message(e).contains("refused") -> TlsFailure.REFUSED;
      case SSLException e when message(e).contains("closed") -> TlsFailure.CLOSED;
      case SSLException _, DecoderException _ -> TlsFailure.BAD_TLS;
      case IOException e when message(e).contains("reset") || message(e).contains("Broken pipe") ->
          TlsFailure.RESET;
      default -> TlsFailure.LOCAL;
    };
  }

  private static String message(Throwable e) {
    return String.valueOf(e.getMessage());
  }

  /** Sees the bytes before TLS does. */
  private final class FirstByte extends ChannelDuplexHandler {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      begun = true;
      context.fireChannelRead(message);
    }
  }
}
