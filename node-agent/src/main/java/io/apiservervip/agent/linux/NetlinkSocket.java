package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.OperatingException;
import java.nio.ByteBuffer;

/** One netlink socket and its receive buffer. Used by one thread at a time. */
final class NetlinkSocket implements AutoCloseable {
  private static final int SOCK_RAW = 3;
  private static final int BUFFER = 64 * 1024;
  private static final int MOST_ANSWERS = 64;

  private final Kernel kernel;
  private final Descriptor descriptor;
  private final MessageHeader message;

  private NetlinkSocket(Kernel kernel, Descriptor descriptor) {
    this.kernel = kernel;
    this.descriptor = descriptor;
    this.message = new MessageHeader(kernel, BUFFER);
  }

  /** Opens a socket that hears the multicast groups and never waits. */
  static NetlinkSocket listening(Kernel kernel, int groups, int receiveBuffer)
      throws OperatingException {
    NetlinkSocket opened = open(kernel, NetlinkProtocol.ROUTE, Descriptor.NONBLOCK);
    try {
      if (opened.descriptor.tryOption(SocketOption.SO_RCVBUFFORCE, receiveBuffer) != 0) {
        opened.descriptor.option(SocketOption.SO_RCVBUF, receiveBuffer);
      }
      opened.descriptor.bind(SocketAddressCodec.netlink(groups), "links and addresses");
      return opened;
    } catch (OperatingException e) {
      opened.close();
      throw e;
    }
  }

  /** Opens a socket for requests; a receive waits at most so long. */
  static NetlinkSocket requesting(Kernel kernel, NetlinkProtocol protocol, int timeoutSeconds)
      throws OperatingException {
    NetlinkSocket opened = open(kernel, protocol, 0);
    try {
      opened.descriptor.option(
          SocketOption.SO_RCVTIMEO, SocketAddressCodec.seconds(timeoutSeconds));
      opened.descriptor.bind(SocketAddressCodec.netlink(0), "requests");
      return opened;
    } catch (OperatingException e) {
      opened.close();
      throw e;
    }
  }

  private static NetlinkSocket open(Kernel kernel, NetlinkProtocol protocol, int flags)
      throws OperatingException {
    return new NetlinkSocket(
        kernel,
        Descriptor.socket(
            kernel,
            SocketAddressCodec.AF_NETLINK,
            SOCK_RAW | flags,
            protocol.number(),
            "socket(AF_NETLINK, SOCK_RAW, NETLINK_" + protocol + ")",
            protocol.purpose()));
  }

  int number() {
    return descriptor.number();
  }

  /** Sends one request to the kernel; returns 0 or the errno. */
  int send(ByteBuffer request) {
    ByteBuffer data = message.data();
    data.clear();
    data.put(0, request, request.position(), request.remaining());
    long sent = kernel.libc().sendto(number(), message.dataAddress(), request.remaining(), 0, 0, 0);
    return sent < 0 ? kernel.errno() : 0;
  }

  /**
   * Takes the next datagram of the kernel; another process's reads as an empty one.
   *
   * @return 0 or the errno
   */
  int receive() {
    message.prepareReceive();
    long length = kernel.libc().recvmsg(number(), message.address(), 0);
    if (length < 0) {
      return kernel.errno();
    }
    boolean fromKernel = message.name().getInt(4) == 0;
    message.data().limit(fromKernel ? (int) Math.min(length, BUFFER) : 0);
    return 0;
  }

  /**
   * Sends one request that is to be acknowledged, and waits for that.
   *
   * @return 0 or the errno
   */
  int ask(ByteBuffer request, int sequence) {
    int errno = send(request);
    for (int i = 0; i < MOST_ANSWERS && errno == 0; i++) {
      errno = receive();
      if (Errno.EINTR.is(errno)) {
        errno = 0;
        continue;
      }
      NetlinkReader messages = messages();
      while (errno == 0 && messages.advance()) {
        if (messages.sequence() == sequence && messages.type() == NetlinkReader.NLMSG_ERROR) {
          return messages.errno();
        }
      }
    }
    return errno == 0 || Errno.EAGAIN.is(errno) ? Errno.ETIMEDOUT.number() : errno;
  }

  /** The messages of the datagram that was received last. */
  NetlinkReader messages() {
    return new NetlinkReader(message.data());
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
