package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.AdvertisementChannel;
import io.apiservervip.agent.router.NetworkInterfaceState;
import io.apiservervip.agent.router.OperatingException;
import io.apiservervip.agent.router.ReceivedDatagram;
import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A sender and a receiver for each family of one interface. Loop thread. */
final class RawAdvertisementChannel implements AdvertisementChannel {
  private final PollLoopWaiter waiter;
  private final Map<Family, RawSender> senders = new EnumMap<>(Family.class);
  private final List<RawReceiver> receivers = new ArrayList<>();

  private RawAdvertisementChannel(PollLoopWaiter waiter) {
    this.waiter = waiter;
  }

  /** Opens the sockets; {@code sources} are listened to where there is no multicast. */
  static RawAdvertisementChannel open(
      Kernel kernel,
      PollLoopWaiter waiter,
      NetworkInterfaceState link,
      Set<Family> families,
      Set<InetAddress> listen)
      throws OperatingException {
    RawAdvertisementChannel channel = new RawAdvertisementChannel(waiter);
    try {
      for (Family family : families) {
        channel.senders.put(family, RawSender.open(kernel, link, family));
      }
      for (InetAddress address : listen) {
        RawReceiver receiver = RawReceiver.open(kernel, link, Family.of(address), address);
        channel.receivers.add(receiver);
        waiter.add(receiver.number());
      }
      return channel;
    } catch (OperatingException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public int send(Family family, InetAddress source, InetAddress destination, ByteBuffer message) {
    RawSender sender = senders.get(family);
    return sender == null ? Errno.EAFNOSUPPORT.number() : sender.send(source, destination, message);
  }

  @Override
  public boolean receive(ReceivedDatagram into) {
    for (int i = 0; i < receivers.size(); i++) {
      if (receivers.get(i).receive(into)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    for (RawReceiver receiver : receivers) {
      waiter.remove(receiver.number());
      receiver.close();
    }
    receivers.clear();
    senders.values().forEach(RawSender::close);
    senders.clear();
  }
}
