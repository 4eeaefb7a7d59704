package io.apiservervip.agent.health;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;

/** Ends connections where nobody cares how that went: what is left is closed in any case. */
final class Ending {
  private Ending() {}

  static void close(Channel channel) {
    ChannelFuture _ = channel.close();
  }

  /** Sends FIN, after close_notify (RFC 8446 §6.1) where there is TLS; reading goes on. */
  static void closeOutput(SocketChannel channel, SslHandler tls) {
    ChannelFuture _ = tls.closeOutbound().addListener(_ -> closeOutput(channel));
  }

  /** Sends FIN; reading goes on. */
  static void closeOutput(SocketChannel channel) {
    ChannelFuture _ = channel.shutdownOutput();
  }
}
