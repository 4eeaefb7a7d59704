package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.BackendAddress;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * The transport on selectors of the JDK, for machines on which Netty's native library does not
 * load. It copies every byte, cannot listen on an address that the host does not hold, and leaves
 * TCP_USER_TIMEOUT to keep-alive.
 */
final class NioTransport implements Transport {
  private static final int BACKLOG = 4096;

  @Override
  public IoHandlerFactory handlers() {
    return NioIoHandler.newFactory();
  }

  @Override
  public Wire connect(IoEventLoop loop, WireHandler handler, BackendAddress to, TcpOptions options)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.connect(new InetSocketAddress(to.address(), to.port()));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    NioWire wire = new NioWire(channel, handler, true);
    wire.registered(loop.register(wire).getNow());
    return wire;
  }

  @Override
  public ListeningSocket listen(InetSocketAddress at, boolean free, TcpOptions options)
      throws IOException {
    ServerSocketChannel channel =
        ServerSocketChannel.open(
            at.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6);
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(at, BACKLOG);
      return new NioListeningSocket(
          channel, (InetSocketAddress) channel.getLocalAddress(), client -> setUp(client, options));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public @Nullable PipePool pipes(int limit, Runnable exhausted) {
    return null;
  }

  @Override
  public String name() {
    return "nio";
  }

  private static void setUp(NetworkChannel channel, TcpOptions options) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    keepAlive(channel, options);
  }

  static void keepAlive(NetworkChannel channel, TcpOptions options) throws IOException {
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, options.keepIdleSeconds());
      channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, options.keepIntervalSeconds());
      channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, options.keepProbes());
    }
  }
}
