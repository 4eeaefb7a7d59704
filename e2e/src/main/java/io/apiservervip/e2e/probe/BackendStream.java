package io.apiservervip.e2e.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Answers one HTTP/2 stream of a {@link TlsBackend}. A watch gets one event at once, and then only
 * those that the ledger asks for; in between not a byte is sent.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in channelInactive
final class BackendStream extends SimpleChannelInboundHandler<Http2StreamFrame> {
  private static final int LOOK_MILLIS = 20;

  private final String name;
  private final BackendLedger ledger;

  BackendStream(String name, BackendLedger ledger) {
    this.name = name;
    this.ledger = ledger;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) {
    if (frame instanceof Http2HeadersFrame request) {
      String path = request.headers().path().toString();
      boolean check = path.startsWith("/readyz");
      boolean watch = path.startsWith("/watch");
      int status = check ? BackendRequest.readyStatus(ledger) : 200;
      ledger.add(check ? BackendLedger.Entry.CHECKED : BackendLedger.Entry.ANSWERED, 1);
      DefaultHttp2Headers headers = new DefaultHttp2Headers();
      headers.status(String.valueOf(status));
      context.write(new DefaultHttp2HeadersFrame(headers));
      context.writeAndFlush(new DefaultHttp2DataFrame(text(check ? "ok" : name), !watch));
      if (watch) {
        follow(context, ledger.get(BackendLedger.Entry.EVENT));
      }
    }
  }

  private void follow(ChannelHandlerContext context, long seen) {
    if (!context.channel().isActive()) {
      return;
    }
    long now = ledger.get(BackendLedger.Entry.EVENT);
    if (now != seen) {
      context.writeAndFlush(new DefaultHttp2DataFrame(text("event " + now), false));
    }
    context.executor().schedule(() -> follow(context, now), LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static ByteBuf text(String line) {
    return Unpooled.copiedBuffer(line + "\n", StandardCharsets.US_ASCII);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
