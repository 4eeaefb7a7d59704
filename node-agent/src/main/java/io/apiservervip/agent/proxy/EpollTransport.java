package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.BackendAddress;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The transport on epoll(7) by Netty's native library. */
final class EpollTransport implements Transport {
  private static final int BACKLOG = 4096;
  private static final int IPPROTO_IP = 0;
  private static final int IP_FREEBIND = 15;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;
  private static final int IPV6_FREEBIND = 78;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_KEEPIDLE = 4;
  private static final int TCP_KEEPINTVL = 5;
  private static final int TCP_KEEPCNT = 6;
  private static final int TCP_USER_TIMEOUT = 18;

  private final PipeSize pipeSize;

  EpollTransport(PipeSize pipeSize) {
    this.pipeSize = pipeSize;
  }

  @Override
  public IoHandlerFactory handlers() {
    return EpollIoHandler.newFactory();
  }

  @Override
  public Wire connect(IoEventLoop loop, WireHandler handler, BackendAddress to, TcpOptions options)
      throws IOException {
    Socket socket = open(to.address());
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(to.address(), to.port()));
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
    EpollWire wire = EpollWire.connecting(socket, handler);
    wire.registered(loop.register(wire).getNow());
    return wire;
  }

  @Override
  public ListeningSocket listen(InetSocketAddress at, boolean free, TcpOptions options)
      throws IOException {
    boolean v6 = at.getAddress() instanceof Inet6Address;
    Socket socket = open(at.getAddress());
    try {
      if (v6) {
        socket.setIntOpt(IPPROTO_IPV6, IPV6_V6ONLY, at.getAddress().isAnyLocalAddress() ? 0 : 1);
      }
      if (free) {
        socket.setIntOpt(v6 ? IPPROTO_IPV6 : IPPROTO_IP, v6 ? IPV6_FREEBIND : IP_FREEBIND, 1);
      }
      socket.setReuseAddress(true);
      // Accepted connections inherit these (tcp(7)): no system call for each of them.
      socket.setTcpNoDelay(true);
      keepAlive(socket, options);
      socket.bind(at);
      socket.listen(BACKLOG);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
    return new EpollListeningSocket(socket);
  }

  @Override
  public PipePool pipes(int limit, Runnable exhausted) {
    return new PipePool(pipeSize, limit, exhausted);
  }

  @Override
  public String name() {
    return "epoll";
  }

  private static Socket open(InetAddress address) {
    return LinuxSocket.newSocketStream(
        address instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
  }

  /** Keep-alive and time-out of a connection, or of those that a listening socket accepts. */
  static void keepAlive(Socket socket, TcpOptions options) throws IOException {
    socket.setKeepAlive(true);
    socket.setIntOpt(IPPROTO_TCP, TCP_KEEPIDLE, options.keepIdleSeconds());
    socket.setIntOpt(IPPROTO_TCP, TCP_KEEPINTVL, options.keepIntervalSeconds());
    socket.setIntOpt(IPPROTO_TCP, TCP_KEEPCNT, options.keepProbes());
    socket.setIntOpt(IPPROTO_TCP, TCP_USER_TIMEOUT, options.userTimeoutMillis());
  }
}
