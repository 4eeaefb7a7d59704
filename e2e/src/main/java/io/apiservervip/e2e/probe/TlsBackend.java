package io.apiservervip.e2e.probe;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;

/**
 * A stand-in for an API server, as a program of its own so that it can be frozen and killed: TLS,
 * HTTP/1.1 and HTTP/2 on every address. {@code /readyz} answers as the ledger says, {@code /watch}
 * is a stream that is silent until the ledger has an event, all else answers with its name. One
 * thread.
 */
public final class TlsBackend {
  private static final int BACKLOG = 4096;

  private final String name;
  private final SslContext tls;
  private final BackendLedger ledger;

  TlsBackend(String name, SslContext tls, BackendLedger ledger) {
    this.name = name;
    this.tls = tls;
    this.ledger = ledger;
  }

  /** Arguments: name, port, key store, ledger, "warm" or "cold". */
  public static void main(String[] arguments) throws Exception {
    BackendLedger ledger = BackendLedger.in(Path.of(arguments[3]));
    TlsIdentity identity = new TlsIdentity(Path.of(arguments[2]));
    SslContext tls = identity.server();
    if (arguments[4].equals("warm")) {
      TlsWarmUp.run(identity);
    }
    Channel server =
        new TlsBackend(arguments[0], tls, ledger).listen(Integer.parseInt(arguments[1]));
    ledger.set(BackendLedger.Entry.OPEN, 0);
    ledger.set(BackendLedger.Entry.LISTENING, 1);
    server.closeFuture().sync();
  }

  private Channel listen(int port) throws InterruptedException {
    MultiThreadIoEventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    return new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(new BackendWitness(ledger))
                    .addLast(tls.newHandler(channel.alloc()))
                    .addLast(new BackendProtocol(name, ledger));
              }
            })
        .bind(port)
        .sync()
        .channel();
  }
}
