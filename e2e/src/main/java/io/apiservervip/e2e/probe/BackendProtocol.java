package io.apiservervip.e2e.probe;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;

/** Puts HTTP/2 or HTTP/1.1 behind the handshake, whichever the client chose. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in channelInactive
final class BackendProtocol extends ApplicationProtocolNegotiationHandler {
  private final String name;
  private final BackendLedger ledger;

  BackendProtocol(String name, BackendLedger ledger) {
    super(ApplicationProtocolNames.HTTP_1_1);
    this.name = name;
    this.ledger = ledger;
  }

  @Override
  protected void configurePipeline(ChannelHandlerContext context, String protocol) {
    ledger.add(BackendLedger.Entry.SHAKEN, 1);
    ChannelPipeline pipeline = context.pipeline();
    if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
      pipeline
          .addLast(Http2FrameCodecBuilder.forServer().build())
          .addLast(
              new Http2MultiplexHandler(
                  new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(io.netty.channel.Channel stream) {
                      stream.pipeline().addLast(new BackendStream(name, ledger));
                    }
                  }));
    } else {
      pipeline.addLast(new HttpServerCodec()).addLast(new BackendRequest(name, ledger));
    }
  }

  /** A client that leaves in the middle is the everyday life of this server. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  @Override
  protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
