package io.apiservervip.e2e.load;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.InetSocketAddress;

/** Non-blocking IPv4 TCP sockets, one {@code long} or {@code int} at a time. One owner thread. */
final class Sockets {
  private static final int AF_INET = 2;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_NODELAY = 1;
  private static final int MSG_TRUNC = 0x20;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int BACKLOG = 16_384;

  /** What {@link #receive} and {@link #discard} return at the end or after an error. */
  static final long ENDED = -1;

  private final Native system;
  private final MemorySegment one = Arena.global().allocateFrom(ValueLayout.JAVA_INT, 1);

  Sockets(Native system) {
    this.system = system;
  }

  /** A {@code struct sockaddr_in} that lives as long as the process. */
  static MemorySegment address(InetSocketAddress address) {
    if (!(address.getAddress() instanceof Inet4Address ipv4)) {
      throw new IllegalArgumentException(address + " is no IPv4 address");
    }
    MemorySegment to = Arena.global().allocate(16, 8);
    to.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
    to.set(ValueLayout.JAVA_BYTE, 2, (byte) (address.getPort() >> 8));
    to.set(ValueLayout.JAVA_BYTE, 3, (byte) address.getPort());
    MemorySegment.copy(ipv4.getAddress(), 0, to, ValueLayout.JAVA_BYTE, 4, 4);
    return to;
  }

  int listen(int port) {
    int fd = Failure.check("socket", system.socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK));
    system.setOption(fd, SOL_SOCKET, SO_REUSEADDR, one.address(), 4);
    MemorySegment any = Arena.global().allocate(16, 8);
    any.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
    any.set(ValueLayout.JAVA_BYTE, 2, (byte) (port >> 8));
    any.set(ValueLayout.JAVA_BYTE, 3, (byte) port);
    Failure.check("bind port " + port, system.bind(fd, any.address(), 16));
    Failure.check("listen", system.listen(fd, BACKLOG));
    return fd;
  }

  /** The next connection, or a negative errno. */
  int accept(int server) {
    int fd = system.accept(server, SOCK_NONBLOCK);
    if (fd >= 0) {
      system.setOption(fd, IPPROTO_TCP, TCP_NODELAY, one.address(), 4);
    }
    return fd;
  }

  /** Begins to connect and returns the socket, or a negative errno. */
  int connect(MemorySegment address) {
    int fd = Failure.check("socket", system.socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK));
    system.setOption(fd, IPPROTO_TCP, TCP_NODELAY, one.address(), 4);
    int result = system.connect(fd, address.address(), 16);
    if (result == 0 || result == -Native.EINPROGRESS) {
      return fd;
    }
    system.close(fd);
    return result;
  }

  /** Bytes received into the buffer, 0 where there are none yet, or {@link #ENDED}. */
  long receive(int fd, MemorySegment buffer) {
    return received(system.recv(fd, buffer.address(), buffer.byteSize(), 0));
  }

  /** Bytes received and forgotten in the kernel, at most so many: MSG_TRUNC of tcp(7). */
  long discard(int fd, long limit) {
    return received(system.recv(fd, 0, limit, MSG_TRUNC));
  }

  /** Bytes that the kernel took, 0 where it has no room, or {@link #ENDED}. */
  long send(int fd, MemorySegment buffer, long offset, long length) {
    long sent = system.send(fd, buffer.address() + offset, length, MSG_NOSIGNAL);
    return sent >= 0 ? sent : sent == -Native.EAGAIN ? 0 : ENDED;
  }

  void close(int fd) {
    system.close(fd);
  }

  private static long received(long result) {
    return result > 0 ? result : result == -Native.EAGAIN ? 0 : ENDED;
  }
}
