package io.apiservervip.e2e.probe;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Answers the requests of one HTTP/1.1 connection of a {@link TlsBackend}. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in channelInactive
final class BackendRequest extends SimpleChannelInboundHandler<HttpObject> {
  private final String name;
  private final BackendLedger ledger;

  BackendRequest(String name, BackendLedger ledger) {
    this.name = name;
    this.ledger = ledger;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (message instanceof HttpRequest request) {
      boolean check = request.uri().startsWith("/readyz");
      int status = check ? readyStatus(ledger) : 200;
      String text = check ? "ok" : name;
      FullHttpResponse answer =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.valueOf(status),
              Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
      HttpUtil.setContentLength(answer, text.length());
      ledger.add(check ? BackendLedger.Entry.CHECKED : BackendLedger.Entry.ANSWERED, 1);
      ChannelFuture written = context.writeAndFlush(answer);
      if (!HttpUtil.isKeepAlive(request)) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
    }
  }

  static int readyStatus(BackendLedger ledger) {
    int told = (int) ledger.get(BackendLedger.Entry.READY_STATUS);
    return told == 0 ? 200 : told;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
