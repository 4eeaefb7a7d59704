package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.InterfaceAddress;
import io.apiservervip.agent.router.LinkEvent;
import io.apiservervip.agent.router.LinkSnapshot;
import io.apiservervip.agent.router.LinkWatcher;
import io.apiservervip.agent.router.NetworkInterfaceState;
import io.apiservervip.agent.router.OperatingException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rtnetlink multicast groups of links and addresses; each snapshot has a socket of its own.
 * {@link #drain} belongs to the loop thread.
 */
final class NetlinkLinkWatcher implements LinkWatcher {
  private static final int RTMGRP_LINK = 0x1;
  private static final int RTMGRP_IPV4_IFADDR = 0x10;
  private static final int RTMGRP_IPV6_IFADDR = 0x100;
  private static final int RECEIVE_BUFFER = 4 << 20;
  private static final int MOST_DATAGRAMS = 256;
  private static final int DUMP_ATTEMPTS = 10;
  private static final int DUMP_DATAGRAMS = 4096;
  private static final int TIMEOUT_SECONDS = 5;

  private final Kernel kernel;
  private final PollLoopWaiter waiter;
  private final NetlinkSocket socket;

  private NetlinkLinkWatcher(Kernel kernel, PollLoopWaiter waiter, NetlinkSocket socket) {
    this.kernel = kernel;
    this.waiter = waiter;
    this.socket = socket;
  }

  static NetlinkLinkWatcher open(Kernel kernel, PollLoopWaiter waiter) throws OperatingException {
    return open(kernel, waiter, RECEIVE_BUFFER);
  }

  /** The same with another receive buffer, in bytes. */
  static NetlinkLinkWatcher open(Kernel kernel, PollLoopWaiter waiter, int receiveBuffer)
      throws OperatingException {
    int groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
    NetlinkSocket socket = NetlinkSocket.listening(kernel, groups, receiveBuffer);
    waiter.add(socket.number());
    return new NetlinkLinkWatcher(kernel, waiter, socket);
  }

  @Override
  public void drain(Consumer<LinkEvent> sink) {
    for (int i = 0; i < MOST_DATAGRAMS && socket.number() >= 0; i++) {
      int errno = socket.receive();
      if (Errno.ENOBUFS.is(errno)) {
        sink.accept(new LinkEvent.Overrun());
      } else if (errno != 0) {
        return;
      } else {
        deliver(socket.messages(), sink);
      }
    }
  }

  private static void deliver(NetlinkReader messages, Consumer<LinkEvent> sink) {
    while (messages.advance()) {
      LinkEvent event = LinkMessageCodec.event(messages.type(), messages.payload());
      if (event != null) {
        sink.accept(event);
      }
    }
  }

  @Override
  public LinkSnapshot snapshot() throws OperatingException {
    try (NetlinkSocket own =
        NetlinkSocket.requesting(kernel, NetlinkProtocol.ROUTE, TIMEOUT_SECONDS)) {
      List<NetworkInterfaceState> interfaces = new ArrayList<>();
      for (LinkEvent event : dump(own, NetlinkCodec.RTM_GETLINK, "RTM_GETLINK")) {
        if (event instanceof LinkEvent.InterfaceChanged changed) {
          interfaces.add(changed.state());
        }
      }
      List<InterfaceAddress> addresses = new ArrayList<>();
      for (LinkEvent event : dump(own, NetlinkCodec.RTM_GETADDR, "RTM_GETADDR")) {
        if (event instanceof LinkEvent.AddressAdded added) {
          addresses.add(added.address());
        }
      }
      return new LinkSnapshot(interfaces, addresses);
    }
  }

  private static List<LinkEvent> dump(NetlinkSocket own, int type, String call)
      throws OperatingException {
    for (int sequence = 1; sequence <= DUMP_ATTEMPTS; sequence++) {
      List<LinkEvent> events = new ArrayList<>();
      int errno = own.send(NetlinkCodec.dump(type, sequence));
      if (errno == 0) {
        errno = collect(own, sequence, events);
      }
      if (errno == 0) {
        return events;
      }
      if (!Errno.EINTR.is(errno)) {
        throw Kernel.failure(call, "of this network namespace", errno, "CAP_NET_ADMIN");
      }
    }
    throw Kernel.failure(call, "of this network namespace", Errno.EINTR.number(), "CAP_NET_ADMIN");
  }

  /** Reads one dump to its end; EINTR where links or addresses changed meanwhile. */
  private static int collect(NetlinkSocket own, int sequence, List<LinkEvent> events) {
    boolean interrupted = false;
    for (int i = 0; i < DUMP_DATAGRAMS; i++) {
      int errno = own.receive();
      if (Errno.EINTR.is(errno)) {
        continue;
      }
      if (errno != 0) {
        return Errno.EAGAIN.is(errno) ? Errno.ETIMEDOUT.number() : errno;
      }
      NetlinkReader messages = own.messages();
      while (messages.advance()) {
        if (messages.sequence() != sequence) {
          continue;
        }
        interrupted |= messages.interrupted();
        if (messages.type() == NetlinkReader.NLMSG_DONE
            || messages.type() == NetlinkReader.NLMSG_ERROR) {
          return interrupted ? Errno.EINTR.number() : messages.errno();
        }
        LinkEvent event = LinkMessageCodec.event(messages.type(), messages.payload());
        if (event != null) {
          events.add(event);
        }
      }
    }
    return Errno.ENOBUFS.number();
  }

  @Override
  public void close() {
    waiter.remove(socket.number());
    socket.close();
  }
}
